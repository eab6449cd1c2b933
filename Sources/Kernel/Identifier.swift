import Postgres

/// A row's key that can't be mistaken for another table's.
package struct Identifier<Owner>: SQLValue, Hashable, Comparable {
    package var rawValue: Int

    package init(_ rawValue: Int) {
        self.rawValue = rawValue
    }

    package var sqlText: String { rawValue.sqlText }

    package init?(sqlText: String) {
        guard let rawValue = Int(sqlText), rawValue >= 0 else { return nil }
        self.rawValue = rawValue
    }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        rawValue = try Int(sqlBytes: sqlBytes)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Identifier: CustomStringConvertible {
    package var description: String { String(rawValue) }
}

package enum MemberKey {}
package enum UnitKey {}
package enum SessionKey {}
package typealias AreaID = Identifier<Area>
package typealias MemberID = Identifier<MemberKey>
package typealias UnitID = Identifier<UnitKey>
package typealias SessionID = Identifier<SessionKey>
