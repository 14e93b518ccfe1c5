import Attestation
import Testing

@Suite struct KeyTests {}
