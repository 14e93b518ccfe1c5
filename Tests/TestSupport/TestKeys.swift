/// Keys made for these tests, which protect nothing.
package enum TestKeys {
    /// A private key as `openssl genpkey -algorithm ed25519` writes it.
    package static let ed25519 = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEICAxn6mirbGtwCd0Lt2kVY/nE7Q0af/iOhjja4vhypJ8
        -----END PRIVATE KEY-----

        """

    /// The public key of ``ed25519``.
    package static let ed25519Public = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAmVxWrS3XKNA/LldehjbonRIT4te6npeA7FmDMdINrQk=
        -----END PUBLIC KEY-----

        """

    /// The public key of another Ed25519 key.
    package static let otherPublic = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEABloKG0pRI9feTkeGVL1ZV/aCsvwHv2rhZfxzbjAzjS4=
        -----END PUBLIC KEY-----

        """

    /// A private key as `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` writes it.
    package static let p256 = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1In+9tMl22Kd711P
        RmJxy6AzNzVMRF0Ph5O7lpt7sIKhRANCAARJczVXdKT+U+qye8sJnweN/uk/FH5v
        L9agQHoXYkBfQCwiInumqI1tZYDtU4NiKkmugHuyMYg4Yc42ajSsXwn4
        -----END PRIVATE KEY-----

        """

    /// ``p256`` in the form of `openssl ec`.
    package static let p256SEC1 = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEINSJ/vbTJdtine9dT0ZiccugMzc1TERdD4eTu5abe7CCoAoGCCqGSM49
        AwEHoUQDQgAESXM1V3Sk/lPqsnvLCZ8Hjf7pPxR+by/WoEB6F2JAX0AsIiJ7pqiN
        bWWA7VODYipJroB7sjGIOGHONmo0rF8J+A==
        -----END EC PRIVATE KEY-----

        """

    /// The public key of ``p256``.
    package static let p256Public = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESXM1V3Sk/lPqsnvLCZ8Hjf7pPxR+
        by/WoEB6F2JAX0AsIiJ7pqiNbWWA7VODYipJroB7sjGIOGHONmo0rF8J+A==
        -----END PUBLIC KEY-----

        """
}
