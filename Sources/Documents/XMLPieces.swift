import CXML

/// An XML member of an archive, element by element, as it is unpacked. No document type, nothing from elsewhere.
final class XMLPieces {
    enum Piece {
        case opened(String)
        case closed(String)
        case text(String)
    }

    /// libxml2 sets up tables of its own, once, which two threads must not do at the same time.
    private static let start: Void = { xmlInitParser() }()

    private let member: ZipArchive.Member
    private let reader: OpaquePointer
    /// An element without content is closed as soon as it was opened.
    private var emptyName: String?

    init(_ member: ZipArchive.Member) throws(SpreadsheetProblem) {
        _ = Self.start
        self.member = member
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let reader = xmlReaderForIO(
            { context, buffer, count in
                guard let context else { return -1 }
                let member = Unmanaged<ZipArchive.Member>.fromOpaque(context).takeUnretainedValue()
                return Int32(member.read(into: buffer, Int(count)))
            }, { _ in 0 }, Unmanaged.passUnretained(member).toOpaque(), nil, nil, Int32(options))
        guard let reader else { throw .unreadable }
        self.reader = reader
    }

    deinit { xmlFreeTextReader(reader) }

    /// Nil at the end.
    func next() throws(SpreadsheetProblem) -> Piece? {
        if let name = emptyName {
            emptyName = nil
            return .closed(name)
        }
        while true {
            let outcome = xmlTextReaderRead(reader)
            if member.hasExceeded { throw .tooLarge }
            guard outcome >= 0 else { throw .unreadable }
            guard outcome == 1 else { return nil }
            switch UInt32(xmlTextReaderNodeType(reader)) {
            case XML_READER_TYPE_ELEMENT.rawValue:
                let name = text(xmlTextReaderConstLocalName(reader))
                if xmlTextReaderIsEmptyElement(reader) == 1 { emptyName = name }
                return .opened(name)
            case XML_READER_TYPE_END_ELEMENT.rawValue:
                return .closed(text(xmlTextReaderConstLocalName(reader)))
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue, XML_READER_TYPE_WHITESPACE.rawValue:
                return .text(text(xmlTextReaderConstValue(reader)))
            case XML_READER_TYPE_DOCUMENT_TYPE.rawValue, XML_READER_TYPE_ENTITY_REFERENCE.rawValue: throw .unreadable
            default: continue
            }
        }
    }

    /// Of the element that was opened last.
    func attribute(_ name: String) -> String? {
        guard xmlTextReaderMoveToAttribute(reader, name) == 1 else { return nil }
        defer { xmlTextReaderMoveToElement(reader) }
        return text(xmlTextReaderConstValue(reader))
    }

    private func text(_ bytes: UnsafePointer<UInt8>?) -> String {
        bytes.map { String(cString: $0) } ?? ""
    }
}
