import Evidence
import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum CertificationRoutes {
    package static func register(in registry: inout Registry) {
        registry.actions += [.nationalPublished, .ruleSaved] + Action.ofResults
        registry.navigate(
            NavigationItem(
                "/publications", Phrase("เผยแพร่ถึงเขต", en: "Publish"), icon: "sent", at: .publications,
                for: .holdersOfAny([.publish, .define]), in: .centralOnly))
        registry.navigate(
            NavigationItem(
                "/results", Phrase("ผลของเขต", en: "Area's results"), icon: "desk", at: .results, for: resultReaders))
        registry.navigate(
            NavigationItem(
                "/desk", Phrase("รับรองผล", en: "Certify"), icon: "desk", at: .desk, for: deskWorkers, in: .centralOnly))
        registry.news += News.ofResults
        registry.yearClosings.append(.ofResults)
        registry.tasks.append { .resultTasks($0) }
        registry.centralTasks.append { .deskTasks($0) }
        publications(&registry.routes)
        registry.navigate(
            NavigationItem(
                "/central-data", Phrase("ข้อมูลส่วนกลาง", en: "Central data"), icon: "down", at: .publications,
                for: .holders(of: .supply), in: .centralOnly))
        registry.navigate(
            NavigationItem(
                "/overall", Phrase("ผลรวม", en: "Overall"), icon: "bars", at: .publications, for: centralReaders,
                in: .centralOnly))
        overall(&registry.routes)
        centralData(&registry.routes)
        desk(&registry.routes)
        results(&registry.routes)
        certificates(&registry.routes)
    }

    /// Whoever has to do with the area's own results; not the schools.
    private static let resultReaders = Access.holdersOfAny([.owner, .reply, .proof])

    private static let centralReaders = Access.holdersOfAny([.certify, .publish, .define, .supply])

    private static func overall(_ routes: inout Routes) {
        routes.register(
            "/overall", Phrase("ผลรวมของทุกเขต", en: "Overall results"), for: centralReaders, in: .centralOnly,
            api: APIDescription(
                queries: [
                    FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .number(0...Int.max)),
                    FormField("round", Phrase("รอบ", en: "Round"), .text(limit: 10)),
                ], answer: .object([("items", .list(AreaTotal.schema))])), use: showOverall)
    }

    private static func centralData(_ routes: inout Routes) {
        let supply = Access.holders(of: .supply)
        routes.table(
            "/central-data", Phrase("ข้อมูลส่วนกลางที่ต้องส่ง", en: "List what central data is wanted"), for: supply,
            in: .centralOnly, api: APIDescription(answer: .object([("items", .list(CentralSupply.schema))])),
            use: listCentralData)
        routes.imports(
            "/central-data/:indicator/:round/import", Phrase("นำเข้าข้อมูลส่วนกลาง", en: "Import central data"), for: supply,
            in: .centralOnly,
            ImportHandlers(into: CentralTable.self, apply: sendCentralData))
        routes.post(
            "/desk/items/:item/answers", Phrase("ตอบข้อทักท้วง", en: "Answer a dispute"),
            for: .holdersOfAny([.certify, .publish, .supply]), in: .centralOnly,
            api: APIDescription(input: disputeAnswerFields), use: answerDispute)
    }

    private static let deskWorkers = Access.holdersOfAny([.certify, .publish])
    /// Those who supply central data look at what is disputed.
    private static let deskReaders = Access.holdersOfAny([.certify, .publish, .supply])

    private static func desk(_ routes: inout Routes) {
        routes.table(
            "/desk", Phrase("งานรับรองของสำนัก", en: "What a bureau certifies"), for: deskWorkers, in: .centralOnly,
            api: APIDescription(answer: .object([("items", .list(DeskProgress.schema))])), use: showDeskOverview)
        routes.get(
            "/desk/:kind/:id/:round", Phrase("โต๊ะรับรองผล", en: "The desk"), for: deskReaders, in: .centralOnly,
            api: APIDescription(
                queries: [FormField("show", Phrase("แสดง", en: "Which"), .text(limit: 20))],
                answer: .object([("items", .list(QueueLine.schema))])), use: showDesk)
        let many = "/desk/:kind/:id/:round/many"
        routes.table(
            many, Phrase("ดูก่อนตัดสินหลายรายการ", en: "Look before deciding many"), for: deskWorkers, in: .centralOnly,
            use: showMany)
        routes.post(
            many, Phrase("รับรองหลายรายการ", en: "Certify many"), for: deskWorkers, in: .centralOnly,
            api: APIDescription(
                input: manyDecisionsFields, answer: .object([("certified", .number), ("left", .list(.text))])),
            form: many, use: certifyMany)
        routes.imports(
            "/desk/:kind/:id/:round/import", Phrase("ตัดสินจากตาราง", en: "Decide from a table"), for: deskWorkers,
            in: .centralOnly, answer: .object([("rows", .number), ("left", .list(.text))]),
            ImportHandlers(into: WaitingQueue.self, apply: importDecisions))
        routes.post(
            "/desk/:kind/:id/:round/assignees", Phrase("มอบหมายรายการ", en: "Assign items"), for: deskWorkers,
            in: .centralOnly,
            api: APIDescription(input: assigningFields, answer: .object([("assigned", .number)])), form: many,
            use: assignItems)
        let item = "/desk/items/:item"
        routes.get(
            "\(item)/files/:file", Phrase("เปิดหลักฐานที่เขตส่ง", en: "Open what an area has sent"), for: deskWorkers,
            in: .centralOnly, use: openSubmittedFile)
        routes.table(
            "\(item)/schools", Phrase("ดูตัวเลขรายโรงเรียนที่เขตส่ง", en: "See the schools' numbers that an area has sent"),
            for: deskWorkers, in: .centralOnly, use: showSubmittedSchools)
        routes.post(
            "\(item)/certification", Phrase("รับรองผล", en: "Certify a result"), for: deskWorkers, in: .centralOnly,
            api: APIDescription(input: decisionFields), use: certifyResult)
        routes.post(
            "\(item)/refusal", Phrase("ไม่รับรองผล", en: "Don't certify a result"), for: deskWorkers, in: .centralOnly,
            api: APIDescription(input: decisionFields), use: refuseResult)
        routes.post(
            "\(item)/messages", Phrase("เขียนถึงเขต", en: "Write to an area"), for: deskWorkers, in: .centralOnly,
            api: APIDescription(input: messageFields), bodyLimit: 4 * EvidenceItem.sizeLimit, use: writeToArea)
        routes.post(
            "\(item)/look", Phrase("บอกว่ากำลังดูรายการ", en: "Say that one is looking at an item"), for: deskWorkers,
            in: .centralOnly, use: lookAtItem)
        routes.post(
            "\(item)/acknowledgement", Phrase("รับทราบข้อมูลใหม่", en: "Acknowledge what is new"), for: deskWorkers,
            in: .centralOnly, api: APIDescription(input: acknowledgementFields), use: acknowledgeItem)
        routes.post(
            "\(item)/extension", Phrase("ขยายเวลาให้เขต", en: "Give an area more time"), for: .holders(of: .publish),
            in: .centralOnly, api: APIDescription(input: resultExtensionFields), use: extendResult)
        routes.post(
            "\(item)/reopening", Phrase("เปิดพิจารณาใหม่", en: "Open a result again"), for: .holders(of: .publish),
            in: .centralOnly, api: APIDescription(input: resultReopeningFields), use: reopenResult)
        routes.get(
            "/desk-items/:item", Phrase("ไปที่รายการบนโต๊ะ", en: "Go to an item on the desk"), for: deskReaders,
            in: .centralOnly, use: openDeskItem)
    }

    private static func results(_ routes: inout Routes) {
        let path = "/results/:result"
        routes.table(
            "/results", Phrase("ผลของเขต", en: "List the area's results"), for: resultReaders,
            api: APIDescription(answer: .object([("items", .list(ResultLine.schema))])), use: listResults)
        routes.post(
            "/results/volumes", Phrase("รวมเล่มผลของเขต", en: "Bind the area's results to a volume"),
            for: resultReaders, api: APIDescription(input: ResultVolume.fields, answer: .object([("id", .number)])),
            form: "/results", use: orderResultVolume)
        routes.get(
            path, Phrase("ดูผลของเขต", en: "See a result of the area"), for: resultReaders,
            api: APIDescription(answer: AreaResult.schemaWithDraft), use: showResult)
        routes.get(
            "\(path)/official", Phrase("รายงานทางการของเขต", en: "The area's official report"), for: resultReaders,
            use: showOfficialResult)
        routes.get(
            "\(path)/official.pdf", Phrase("รายงานทางการของเขต (PDF)", en: "The area's official report (PDF)"),
            for: resultReaders, use: printOfficialResult)
        routes.post(
            "\(path)/draft", Phrase("บันทึกร่างผลของเขต", en: "Save a result's draft"), for: .holders(of: .owner),
            api: APIDescription(input: resultFields, answer: savedResultSchema), form: path, use: saveResult)
        routes.post(
            "\(path)/confirmation", Phrase("ยืนยันผลของเขต", en: "Confirm a result of the area"),
            for: .holders(of: .selfAssess), api: APIDescription(input: resultFields, answer: savedResultSchema),
            form: path, use: confirmResult)
        routes.post(
            "\(path)/withdrawal", Phrase("ถอนคืนผลของเขต", en: "Withdraw a result of the area"),
            for: .holders(of: .selfAssess), api: APIDescription(), form: path, use: withdrawResult)
        routes.post(
            "\(path)/evidence", Phrase("แนบหลักฐานของผล", en: "Attach evidence to a result"), for: .holders(of: .upload),
            api: APIDescription(input: evidenceFields), form: path, bodyLimit: 4 * EvidenceItem.sizeLimit,
            use: attachEvidence)
        routes.get(
            "\(path)/evidence/:place", Phrase("เปิดหลักฐานของผล", en: "Open a result's evidence"), for: resultReaders,
            use: openResultEvidence)
        routes.post(
            "\(path)/evidence/:place/removal", Phrase("เอาหลักฐานของผลออก", en: "Take a result's evidence away"),
            for: .holders(of: .upload), api: APIDescription(), form: path, use: removeResultEvidence)
        routes.post(
            "\(path)/messages", Phrase("เขียนถึงส่วนกลาง", en: "Write to the bureau"), for: .holders(of: .reply),
            api: APIDescription(input: messageFields), form: path, bodyLimit: 4 * EvidenceItem.sizeLimit,
            use: writeToCentre)
        routes.post(
            "\(path)/disputes", Phrase("ทักท้วงข้อมูลส่วนกลาง", en: "Dispute central data"),
            for: .holdersOfAny([.owner, .reply]), api: APIDescription(input: disputeFields), form: path,
            use: disputeCentralData)
        rollUp(&routes, path)
        routes.get(
            "\(path)/files/:file", Phrase("เปิดไฟล์ของข้อความ", en: "Open a message's file"), for: resultReaders,
            use: openMessageFile)
        routes.post(
            "\(path)/acknowledgement", Phrase("รับทราบข้อมูลใหม่", en: "Acknowledge what is new"),
            for: .holdersOfAny([.owner, .reply]), api: APIDescription(input: acknowledgementFields), form: path,
            use: acknowledgeResult)
    }

    /// For anybody who holds a paper of ours in their hands.
    private static func certificates(_ routes: inout Routes) {
        routes.get("/verify", Phrase("ตรวจสอบใบรับรอง", en: "Verify a certificate"), for: .anyone, use: showVerification)
        let path = "/verify/:certificate"
        routes.get(path, Phrase("ดูใบรับรอง", en: "See a certificate"), for: .anyone, use: showCertificate)
        routes.get(
            "\(path)/content", Phrase("เนื้อหาของใบรับรอง", en: "A certificate's content"), for: .anyone,
            use: downloadCertificate)
    }

    private static func rollUp(_ routes: inout Routes, _ result: String) {
        let path = "\(result)/schools"
        routes.table(
            path, Phrase("ดูตัวเลขรายโรงเรียนของผล", en: "See a result's numbers by school"), for: resultReaders,
            api: APIDescription(answer: RollUp.schema), use: showRollUp)
        routes.post(
            "\(path)/source", Phrase("เลือกตัวชี้วัดที่โรงเรียนรายงาน", en: "Choose the indicator that schools report"),
            for: .holders(of: .create), api: APIDescription(input: rollUpSourceFields), form: path,
            use: chooseRollUpSource)
        routes.post(
            "\(path)/indicator", Phrase("สร้างตัวชี้วัดให้โรงเรียนรายงาน", en: "Make an indicator for the schools"),
            for: .holders(of: .create), api: APIDescription(answer: .object([("id", .number)])), form: path,
            use: makeRollUpSource)
    }

    private static func publications(_ routes: inout Routes) {
        let access = Access.holdersOfAny([.publish, .define])
        routes.get(
            "/publications", Phrase("ชุดที่เผยแพร่ถึงเขต", en: "List what is published to areas"), for: access,
            in: .centralOnly,
            api: APIDescription(answer: .object([("items", .list(frameworkToPublishSchema))])), use: listPublications)
        routes.table(
            "/publications/:framework", files: "/publications/:framework/indicators",
            Phrase("ดูก่อนเผยแพร่ถึงเขต", en: "Look before publishing to areas"), for: access,
            in: .centralOnly, use: showNationalPublication)
        routes.post(
            "/publications/:framework", Phrase("เผยแพร่ถึงเขต", en: "Publish to areas"), for: .holders(of: .publish),
            in: .centralOnly,
            api: APIDescription(input: nationalPublicationFields, answer: .object([("areas", .number)])),
            form: "/publications/:framework", use: publishNationally)
        let rule = "/publications/rules/:indicator"
        routes.get(
            rule, Phrase("ดูวิธีรับรอง", en: "See a rule of certification"), for: access, in: .centralOnly,
            api: APIDescription(answer: ruleSchema), use: showRule)
        routes.post(
            rule, Phrase("กำหนดวิธีรับรอง", en: "Set a rule of certification"), for: .holders(of: .define),
            in: .centralOnly, api: APIDescription(input: ruleFields), form: rule, use: saveRule)
    }

    private static let ruleSchema = APISchema.object([
        ("version", .number), ("scope", .text), ("areas", .list(.number)), ("may-correct", .flag),
        ("undecided", .text), ("needs-second", .flag), ("decide-days", .number),
    ])
}
