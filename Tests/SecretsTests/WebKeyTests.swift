import Runtime
import Testing

@testable import Secrets

/// Keys and signatures that OpenSSL's own program made.
@Suite struct `A key of another's` {
    private static let message = Array("ที่ ผู้ กตัญญู".utf8)
    private static let rsa: JSON = [
        "kty": "RSA", "e": "AQAB",
        "n":
            "pYdC6k8x0ma7X8PMFP1b69TFBHuUDjyjDWW2q2QLntDInSGmDsCcdMxj6xaPjB3djXhhm_MoYytbaUCfe_19IF0VSwO2uzKTVDlsdrufHopT7HPlOwjV1FqrdvRrMNLtsr1Lf16QjCfbnfMF0AfJLTlQVwy3aGXHTh83peqA8pJsjTaxRFF7vGfnly21OUWQZeQCRv2E7ofTGq5-RuJoAV1VYzddfSkVidfJ8T9d3eG39nsTv5vfNfMAJ7bsfgL4FHcrA_4FHy7758-l7nZHeWg27KlbpdfVzJFQwtpodkzn8IMIOuq6BjCXszM-72k5loA7I3uaj4Pd0aAFBWs8vQ",
    ]
    private static let rsaSignature =
        "mHRO8rfEr3F8oz0mADMLWAuqsiDDzP69kXdj-oFP0hbwcCSRiyyaV2I_svSkFeRU8PKU1mll62lBuVL1kmkgtXythzbpy0lwFZjlBDziQxDh8qDG_D3QXIhYyKNNQknAwuoUAt8c_sksBy8YzCFMzlvC3W9OkBaFtQdFYPMrnmNZY_OpBoihOm1tCT7Zmiti5_CkY-FHl-5-qpg2LVyTlSnENi9nWkYGQjynK9Y4R-PTk8aWO21w1LzROPQ4E8XX8bvfc6plbvHehe4WUvEGnoAeZOpjmoYEC-j5lhG5e_sCpzj28_PyeBqavlM-cedUBumvePVFzwDdRB1mzA4KUw"
    private static let curve: JSON = [
        "kty": "EC", "crv": "P-256", "x": "mS17WF8M0x5itPBP68mPdcwLw1wbLvPMAKZPmLiJ6r0",
        "y": "qwfgDTJ-RRkQUjK8E2ULlKrmlN955SwgZEr_ZTKQfrA",
    ]
    private static let curveSignature =
        "BQeWghDbAC_1UJCKUouBuN6bvxIIZsHLxyEVkzfTpkijgjpS4Ei8h9kHo2WD5gCl3bqWXyvGSP0_9IvFOLmrmg"

    @Test(arguments: [(rsa, rsaSignature, "RS256"), (curve, curveSignature, "ES256")])
    func `shows what its owner signed, and nothing else`(json: JSON, text: String, algorithm: String) throws {
        let key = try #require(WebKey(json))
        let signature = try #require([UInt8](base64url: text))
        #expect(key.algorithm == algorithm)
        #expect(key.verifies(signature, of: Self.message))
        #expect(!key.verifies(signature, of: Self.message + [32]))
        var changed = signature
        changed[20] ^= 1
        #expect(!key.verifies(changed, of: Self.message))
        for wrong in [[], Array(signature.dropLast()), signature + [0], [UInt8](repeating: 0, count: signature.count)] {
            #expect(!key.verifies(wrong, of: Self.message))
        }
    }

    @Test(
        arguments: [
            ["kty": "oct", "k": "AAAA"], ["kty": "RSA", "n": "AQAB", "e": "AQAB"],
            ["kty": "EC", "crv": "P-521", "x": "", "y": ""],
            ["kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"], ["kty": "RSA"], [:], .null, .text("RSA"),
        ] as [JSON])
    func `of another kind, or too short, is none`(json: JSON) {
        #expect(WebKey(json) == nil)
    }

    @Test func `that is no point of the curve verifies nothing`() throws {
        let off = String(repeating: "A", count: 43)
        let key = try #require(WebKey(["kty": "EC", "crv": "P-256", "x": .text(off), "y": .text(off)]))
        #expect(!key.verifies(try #require([UInt8](base64url: Self.curveSignature)), of: Self.message))
    }

    @Test(arguments: ["", "Zg", "Zm8", "Zm9v", "-_8"])
    func `comes in letters that go through addresses`(text: String) throws {
        #expect(try #require([UInt8](base64url: text)).base64url == text)
    }

    @Test(arguments: ["Z", "Zg==", "Zh", "Z g", "Zm9+", "ก"])
    func `in letters that can't be is none`(text: String) {
        #expect([UInt8](base64url: text) == nil)
    }
}
