package import HTML

/// A province, by its number, which stands in the codes of its areas; an area of several goes by the first.
package struct Province: Sendable, Hashable {
    package let number: Int
    package let name: Phrase
    /// As maps have it: two Thai letters, three Latin ones.
    package let abbreviation: Phrase
    /// Its place on a map of one tile for each province.
    package let column: Int
    package let row: Int

    private init(
        _ number: Int, _ thai: String, _ english: String, _ abbreviation: String, _ letters: String, _ column: Int,
        _ row: Int
    ) {
        self.number = number
        name = Phrase(thai, en: english)
        self.abbreviation = Phrase(abbreviation, en: letters)
        self.column = column
        self.row = row
    }

    package init?(code: String) {
        guard let number = Int(code.drop { !$0.isNumber }.prefix(2)), let known = Self.byNumber[number] else {
            return nil
        }
        self = known
    }

    package static func == (left: Province, right: Province) -> Bool { left.number == right.number }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }

    package var region: Region {
        switch number {
        case 10: .bangkok
        case 30...49: .northeast
        case 50...69: .north
        case 80...99: .south
        default: .central
        }
    }

    private static let byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })

    package static let all: [Province] = [
        Province(10, "กรุงเทพมหานคร", "Bangkok", "กท", "BKK", 5, 6),
        Province(11, "สมุทรปราการ", "Samut Prakan", "สป", "SPK", 5, 7),
        Province(12, "นนทบุรี", "Nonthaburi", "นบ", "NBI", 3, 6),
        Province(13, "ปทุมธานี", "Pathum Thani", "ปท", "PTE", 4, 6),
        Province(14, "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "อย", "AYA", 4, 5),
        Province(15, "อ่างทอง", "Ang Thong", "อท", "ATG", 3, 5),
        Province(16, "ลพบุรี", "Lop Buri", "ลบ", "LRI", 4, 4),
        Province(17, "สิงห์บุรี", "Sing Buri", "สห", "SBR", 3, 4),
        Province(18, "ชัยนาท", "Chai Nat", "ชน", "CNT", 2, 4),
        Province(19, "สระบุรี", "Saraburi", "สบ", "SRI", 5, 5),
        Province(20, "ชลบุรี", "Chon Buri", "ชบ", "CBI", 6, 7),
        Province(21, "ระยอง", "Rayong", "รย", "RYG", 7, 7),
        Province(22, "จันทบุรี", "Chanthaburi", "จบ", "CTI", 8, 7),
        Province(23, "ตราด", "Trat", "ตร", "TRT", 8, 8),
        Province(24, "ฉะเชิงเทรา", "Chachoengsao", "ฉช", "CCO", 6, 6),
        Province(25, "ปราจีนบุรี", "Prachin Buri", "ปจ", "PRI", 7, 5),
        Province(26, "นครนายก", "Nakhon Nayok", "นย", "NYK", 6, 5),
        Province(27, "สระแก้ว", "Sa Kaeo", "สก", "SKW", 8, 5),
        Province(30, "นครราชสีมา", "Nakhon Ratchasima", "นม", "NMA", 5, 4),
        Province(31, "บุรีรัมย์", "Buri Ram", "บร", "BRM", 6, 4),
        Province(32, "สุรินทร์", "Surin", "สร", "SRN", 7, 4),
        Province(33, "ศรีสะเกษ", "Si Sa Ket", "ศก", "SSK", 8, 4),
        Province(34, "อุบลราชธานี", "Ubon Ratchathani", "อบ", "UBN", 9, 4),
        Province(35, "ยโสธร", "Yasothon", "ยส", "YST", 8, 3),
        Province(36, "ชัยภูมิ", "Chaiyaphum", "ชย", "CPM", 5, 3),
        Province(37, "อำนาจเจริญ", "Amnat Charoen", "อจ", "ACR", 9, 3),
        Province(38, "บึงกาฬ", "Bueng Kan", "บก", "BKN", 8, 0),
        Province(39, "หนองบัวลำภู", "Nong Bua Lam Phu", "นภ", "NBP", 6, 1),
        Province(40, "ขอนแก่น", "Khon Kaen", "ขก", "KKN", 6, 2),
        Province(41, "อุดรธานี", "Udon Thani", "อด", "UDN", 7, 1),
        Province(42, "เลย", "Loei", "ลย", "LEI", 5, 1),
        Province(43, "หนองคาย", "Nong Khai", "นค", "NKI", 7, 0),
        Province(44, "มหาสารคาม", "Maha Sarakham", "มค", "MKM", 6, 3),
        Province(45, "ร้อยเอ็ด", "Roi Et", "รอ", "RET", 7, 3),
        Province(46, "กาฬสินธุ์", "Kalasin", "กส", "KSN", 7, 2),
        Province(47, "สกลนคร", "Sakon Nakhon", "สน", "SNK", 8, 1),
        Province(48, "นครพนม", "Nakhon Phanom", "นพ", "NPM", 9, 1),
        Province(49, "มุกดาหาร", "Mukdahan", "มห", "MDH", 8, 2),
        Province(50, "เชียงใหม่", "Chiang Mai", "ชม", "CMI", 1, 0),
        Province(51, "ลำพูน", "Lamphun", "ลพ", "LPN", 1, 1),
        Province(52, "ลำปาง", "Lampang", "ลป", "LPG", 2, 1),
        Province(53, "อุตรดิตถ์", "Uttaradit", "อต", "UTD", 4, 1),
        Province(54, "แพร่", "Phrae", "พร", "PRE", 3, 1),
        Province(55, "น่าน", "Nan", "นน", "NAN", 4, 0),
        Province(56, "พะเยา", "Phayao", "พย", "PYO", 3, 0),
        Province(57, "เชียงราย", "Chiang Rai", "ชร", "CRI", 2, 0),
        Province(58, "แม่ฮ่องสอน", "Mae Hong Son", "มส", "MSN", 0, 0),
        Province(60, "นครสวรรค์", "Nakhon Sawan", "นว", "NSN", 4, 3),
        Province(61, "อุทัยธานี", "Uthai Thani", "อน", "UTI", 1, 4),
        Province(62, "กำแพงเพชร", "Kamphaeng Phet", "กพ", "KPT", 2, 3),
        Province(63, "ตาก", "Tak", "ตก", "TAK", 1, 2),
        Province(64, "สุโขทัย", "Sukhothai", "สท", "STI", 2, 2),
        Province(65, "พิษณุโลก", "Phitsanulok", "พล", "PLK", 3, 2),
        Province(66, "พิจิตร", "Phichit", "พจ", "PCT", 3, 3),
        Province(67, "เพชรบูรณ์", "Phetchabun", "พช", "PNB", 4, 2),
        Province(70, "ราชบุรี", "Ratchaburi", "รบ", "RBR", 1, 6),
        Province(71, "กาญจนบุรี", "Kanchanaburi", "กจ", "KRI", 1, 5),
        Province(72, "สุพรรณบุรี", "Suphan Buri", "สพ", "SPB", 2, 5),
        Province(73, "นครปฐม", "Nakhon Pathom", "นฐ", "NPT", 2, 6),
        Province(74, "สมุทรสาคร", "Samut Sakhon", "สค", "SKN", 3, 7),
        Province(75, "สมุทรสงคราม", "Samut Songkhram", "สส", "SKM", 2, 7),
        Province(76, "เพชรบุรี", "Phetchaburi", "พบ", "PBI", 1, 7),
        Province(77, "ประจวบคีรีขันธ์", "Prachuap Khiri Khan", "ปข", "PKN", 1, 8),
        Province(80, "นครศรีธรรมราช", "Nakhon Si Thammarat", "นศ", "NRT", 2, 11),
        Province(81, "กระบี่", "Krabi", "กบ", "KBI", 1, 11),
        Province(82, "พังงา", "Phang-nga", "พง", "PNA", 0, 11),
        Province(83, "ภูเก็ต", "Phuket", "ภก", "PKT", 0, 12),
        Province(84, "สุราษฎร์ธานี", "Surat Thani", "สฎ", "SNI", 1, 10),
        Province(85, "ระนอง", "Ranong", "รน", "RNG", 0, 10),
        Province(86, "ชุมพร", "Chumphon", "ชพ", "CPN", 1, 9),
        Province(90, "สงขลา", "Songkhla", "สข", "SKA", 2, 13),
        Province(91, "สตูล", "Satun", "สต", "STN", 1, 13),
        Province(92, "ตรัง", "Trang", "ตง", "TRG", 1, 12),
        Province(93, "พัทลุง", "Phatthalung", "พท", "PLG", 2, 12),
        Province(94, "ปัตตานี", "Pattani", "ปน", "PTN", 3, 13),
        Province(95, "ยะลา", "Yala", "ยล", "YLA", 3, 14),
        Province(96, "นราธิวาส", "Narathiwat", "นธ", "NWT", 4, 14),
    ]
}
