// swift-tools-version:6.2
// Targets stand in the order in which data flows, each list of dependencies is sorted, tests come last.

import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "ztaudit",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "ztaudit", targets: ["ztaudit"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .target(name: "JSONModel"),
        .target(name: "AuditModel"),
        .target(
            name: "CloudflareAPI",
            dependencies: [
                "JSONModel", asyncHTTPClient, logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .target(name: "SnapshotStore", dependencies: ["AuditModel", "JSONModel", crypto, grdb]),
        .target(
            name: "Collecting",
            dependencies: ["AuditModel", "CloudflareAPI", "JSONModel", "SnapshotStore", logging]
        ),
        .target(
            name: "AccessAnalysis",
            dependencies: ["AuditModel", "JSONModel", "SnapshotStore", grdb],
            exclude: ["Explanation/explanation.schema.json", "Requester/requester.schema.json"]
        ),
        .target(
            name: "RuleEngine",
            dependencies: [
                "AccessAnalysis", "AuditModel", "JSONModel", "SnapshotStore", crypto,
                .product(name: "GRDBSQLite", package: "GRDB.swift"), yams,
            ],
            exclude: ["Configuration/ztaudit.schema.json"]
        ),
        .target(
            name: "Redaction",
            dependencies: ["AccessAnalysis", "AuditModel", "JSONModel", "RuleEngine", "SnapshotStore", crypto, grdb]
        ),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CXMLWriterShims", dependencies: ["CLibXML2"]),
        .target(name: "Rendering", dependencies: ["AuditModel", "CXMLWriterShims", crypto, mustache]),
        .target(name: "Attestation", dependencies: ["AuditModel", asn1, crypto]),
        .target(
            name: "CloudflareSimulator",
            dependencies: [
                "JSONModel",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["DemoAccount", "DemoAccountEarlier"]
        ),
        .plugin(name: "EmbedFiles", capability: .buildTool()),
        .target(name: "BuiltInFiles", plugins: ["EmbedFiles"]),
        .executableTarget(
            name: "ztaudit",
            dependencies: [
                "AccessAnalysis", "Attestation", "AuditModel", "BuiltInFiles", "CloudflareAPI", "CloudflareSimulator",
                "Collecting", "JSONModel", "Redaction", "Rendering", "RuleEngine", "SnapshotStore", argumentParser,
                logging,
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["BuiltInFiles", "CloudflareSimulator", "JSONModel"],
            path: "Tests/TestSupport"
        ),
        .testTarget(
            name: "AccessAnalysisTests",
            dependencies: ["AccessAnalysis", "AuditModel", "BuiltInFiles", "JSONModel", "SnapshotStore", "TestSupport"]
        ),
        .testTarget(
            name: "AttestationTests",
            dependencies: ["Attestation", "AuditModel", "JSONModel", "TestSupport", crypto]
        ),
        .testTarget(name: "AuditModelTests", dependencies: ["AuditModel"]),
        .testTarget(
            name: "CloudflareAPITests",
            dependencies: ["CloudflareAPI", "CloudflareSimulator", "JSONModel", "TestSupport", logging]
        ),
        .testTarget(
            name: "CloudflareSimulatorTests",
            dependencies: [
                "CloudflareSimulator", "JSONModel", "SnapshotStore", "TestSupport", asyncHTTPClient,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "CollectingTests",
            dependencies: [
                "AuditModel", "CloudflareAPI", "CloudflareSimulator", "Collecting", "JSONModel", "SnapshotStore",
                "TestSupport", grdb, logging,
            ]
        ),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "AuditModel", "BuiltInFiles", "CloudflareAPI", "CloudflareSimulator", "Collecting", "JSONModel",
                "Rendering", "RuleEngine", "SnapshotStore", "TestSupport", "ztaudit", grdb, logging,
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "AuditModel", "BuiltInFiles", "CloudflareAPI", "CloudflareSimulator", "Collecting", "JSONModel",
                "SnapshotStore", "TestSupport", asyncHTTPClient, grdb, logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "RedactionTests",
            dependencies: [
                "AuditModel", "BuiltInFiles", "CloudflareAPI", "CloudflareSimulator", "Collecting", "JSONModel",
                "Redaction", "Rendering", "RuleEngine", "SnapshotStore", "TestSupport", grdb, logging,
            ]
        ),
        .testTarget(
            name: "RenderingTests",
            dependencies: ["AuditModel", "JSONModel", "Rendering", "TestSupport", crypto],
            exclude: ["Golden", "Schemas"]
        ),
        .testTarget(
            name: "RuleEngineTests",
            dependencies: ["AuditModel", "BuiltInFiles", "JSONModel", "RuleEngine", "SnapshotStore", "TestSupport"]
        ),
        .testTarget(
            name: "RuleFileTests",
            dependencies: ["AuditModel", "BuiltInFiles", "JSONModel", "RuleEngine", "SnapshotStore", "TestSupport"]
        ),
        .testTarget(
            name: "SnapshotStoreTests",
            dependencies: ["AuditModel", "JSONModel", "SnapshotStore", "TestSupport", grdb]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// `make bench` sets it; without it, nobody builds the benchmarks.
if Context.environment["ZTAUDIT_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "AccessAnalysis", "AuditModel", "BuiltInFiles", "CloudflareSimulator", "JSONModel", "Rendering",
                "RuleEngine", "SnapshotStore", "TestSupport", argumentParser, asyncHTTPClient, grdb,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Tests/Benchmarks"
        )
    )
}

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]
for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
