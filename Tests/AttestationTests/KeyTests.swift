import Attestation
import TestSupport
import Testing

@Suite struct KeyTests {
    // The ids that securesystemslib 1.6.0 gives to these keys.
    private static let ed25519ID = "f0a00f7d9c87282d602e3466537d1911029456d6d997abd29ba8b11750e2ef10"
    private static let p256ID = "9a78ec3c7f6215eb9ea161033703f483310e60e34db3210c3a11dcf255142754"

    @Test(arguments: [
        (TestKeys.ed25519, KeyAlgorithm.ed25519, ed25519ID), (TestKeys.p256, .p256, p256ID),
        (TestKeys.p256SEC1, .p256, p256ID),
        (
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + TestKeys.p256SEC1, .p256,
            p256ID
        ),
        (TestKeys.ed25519.replacing("\n", with: "\r\n"), .ed25519, ed25519ID),
    ])
    func readsPrivateKeys(pem: String, algorithm: KeyAlgorithm, id: String) throws {
        let key = try SigningKey(pem: pem).verificationKey
        #expect(key.algorithm == algorithm)
        #expect(key.keyID == id)
    }

    @Test(arguments: [(TestKeys.ed25519Public, KeyAlgorithm.ed25519, ed25519ID), (TestKeys.p256Public, .p256, p256ID)])
    func readsPublicKeys(pem: String, algorithm: KeyAlgorithm, id: String) throws {
        let key = try VerificationKey(pem: pem)
        #expect(key.algorithm == algorithm)
        #expect(key.keyID == id)
    }

    @Test(arguments: [
        ("", AttestationError.Code.notAKey, "no key in PEM form"), ("\u{0}\u{FFFD}", .notAKey, "no key in PEM form"),
        (TestKeys.ed25519Public, .wrongHalf, "public key, which cannot sign"),
        (TestKeys.ed25519 + TestKeys.p256, .notAKey, "2 PEM texts"),
        (TestKeys.ed25519.replacing("MC4C", with: "MC5C"), .notAKey, "cannot be read"),
        (TestKeys.ed25519.replacing("MC4C", with: "M!4C"), .notAKey, "damaged"),
        (TestKeys.p256.replacing("MIGHAgEAMBMG", with: "MIGHAgEAMBMH"), .notAKey, "cannot be read"),
        (TestKeys.ed25519.replacing("PRIVATE KEY", with: "WHATEVER"), .notAKey, "no private key, but 'WHATEVER'"),
        (Refused.p384, .unsupportedAlgorithm, "an ECDSA P-384 key"),
        (Refused.p384SEC1, .unsupportedAlgorithm, "an ECDSA P-384 key"),
        (Refused.x25519, .unsupportedAlgorithm, "an X25519 key"), (Refused.rsa1, .unsupportedAlgorithm, "an RSA key"),
        (Refused.openSSH, .unsupportedAlgorithm, "OpenSSH"), (Refused.encrypted, .encryptedKey, "passphrase"),
        (Refused.encryptedSEC1, .encryptedKey, "passphrase"), (Refused.certificate, .notAKey, "a certificate"),
    ])
    func saysWhyAPrivateKeyCannotBeUsed(pem: String, code: AttestationError.Code, words: String) throws {
        let error = try #require(throws: AttestationError.self) { try SigningKey(pem: pem) }
        #expect(error.code == code)
        #expect(error.problem.contains(words), "\(error)")
        #expect(!error.remedy.isEmpty && !error.remedy.hasSuffix("."))
        // Nothing of a key may get into a log.
        for line in pem.split(separator: "\n") where !line.hasPrefix("-") { #expect(!"\(error)".contains(line)) }
    }

    @Test(arguments: [
        (TestKeys.ed25519, AttestationError.Code.wrongHalf, "nobody needs"),
        (TestKeys.p256SEC1, .wrongHalf, "nobody needs"),
        (Refused.rsaPublic, .unsupportedAlgorithm, "an RSA key"), (Refused.certificate, .notAKey, "a certificate"),
        (TestKeys.p256Public.replacing("SXM1V3Sk", with: "SXM1V3SA"), .notAKey, "cannot be read"),
        ("key", .notAKey, "no key"),
    ])
    func saysWhyAPublicKeyCannotBeUsed(pem: String, code: AttestationError.Code, words: String) throws {
        let error = try #require(throws: AttestationError.self) { try VerificationKey(pem: pem) }
        #expect(error.code == code)
        #expect(error.problem.contains(words), "\(error)")
    }
}

/// Keys that cannot be used; made for these tests, they protect nothing.
private enum Refused {
    static let p384 = """
        -----BEGIN PRIVATE KEY-----
        MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDDakG0xy0JkiRKTlKMr
        7bnwMY///IVlmvDlfytHqhTjcU48JEKA5kwNc+q2WWDeZ4uhZANiAASZw6FlCbWX
        L0z5IfsKjYz604Lj9hAW7zL181xGBdEcYolIwslJUE+De/2gScA1Qrylbt0lKgbz
        XaBMA2+CKlpCFQ+59p+C0gQSlsbfRz+hkFAs71HVh57bTvEDMWCTQ/4=
        -----END PRIVATE KEY-----
        """
    static let p384SEC1 = """
        -----BEGIN EC PRIVATE KEY-----
        MIGkAgEBBDDakG0xy0JkiRKTlKMr7bnwMY///IVlmvDlfytHqhTjcU48JEKA5kwN
        c+q2WWDeZ4ugBwYFK4EEACKhZANiAASZw6FlCbWXL0z5IfsKjYz604Lj9hAW7zL1
        81xGBdEcYolIwslJUE+De/2gScA1Qrylbt0lKgbzXaBMA2+CKlpCFQ+59p+C0gQS
        lsbfRz+hkFAs71HVh57bTvEDMWCTQ/4=
        -----END EC PRIVATE KEY-----
        """
    static let x25519 = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VuBCIEIJAH8mj1Q3nK5I8dcH/wI7tlALz0f/NaBJ9HYfcNrxxB
        -----END PRIVATE KEY-----
        """
    static let encrypted = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhZVfFAQujBlQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEBTGCWlHNKqDx1/gMoYNIHIEQBQO
        zlipKG725+x8qBOsW5dgVhEySnsmmeP1y0imO14vxmTy0PkZBosagHR6CN4aonyY
        8DDFOOrQJpfwAVMhX2c=
        -----END ENCRYPTED PRIVATE KEY-----
        """
    static let encryptedSEC1 = """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,9F8B8FE5ED1499214DD091FC988D3E39

        YVn+fKfg6ZfbNp9mMb1G404JuOvxABm6QzK7pwmDWWEtHk5Hivoj48xV08WpT2W1
        9XoJ6mkcKEUvHD/DAhTHSEkSwpMKtI2nVfTVyfkjjuxw9m4WOqLWmJhndvbRJ4dA
        hUCsCeW5kr64uKfFpFnfvV7NnUH3exb5x4+K1bAmpXs=
        -----END EC PRIVATE KEY-----
        """
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBbTCCAROgAwIBAgIUfF5cIKI8E4EpSG0aTyp74ek5IhcwCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBdDAeFw0yNjExMjEyMDAxMzZaFw0yNjExMjIyMDAxMzZaMAwx
        CjAIBgNVBAMMAXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARJczVXdKT+U+qy
        e8sJnweN/uk/FH5vL9agQHoXYkBfQCwiInumqI1tZYDtU4NiKkmugHuyMYg4Yc42
        ajSsXwn4o1MwUTAdBgNVHQ4EFgQUu7Iypnx41NdiZ3GyyVLcxhSM71cwHwYDVR0j
        BBgwFoAUu7Iypnx41NdiZ3GyyVLcxhSM71cwDwYDVR0TAQH/BAUwAwEB/zAKBggq
        hkjOPQQDAgNIADBFAiBGhZHkAw9za1HzcRmKzDzHKcVXLpGKanuV4VzQ+EHFzwIh
        AJyuQTeUeVBAVRfVQHFL/xFJOYTIJ9I6+20bnb0fpzmL
        -----END CERTIFICATE-----
        """
    static let rsaPublic = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCt2MeNwno1HjJEQpXNyF4rJyBR
        RfYAgz6MRi3eqG0ibaNnUGWRIFacbB5OGGxJe7rKW8Ia9alAOWktvkn8Yw1D5SoH
        jjASjKJ6qyCtdu8FYN+ORuRui+nOC4LuzCc67NZSoiUfadQOHMVnjVd9jzh0F5ik
        +IXUrjMQl3X1ObarnwIDAQAB
        -----END PUBLIC KEY-----
        """
    static let rsa1 = "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----"
    static let openSSH = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----"
}
