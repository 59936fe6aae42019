//! What a pack of scaffolds shares: its head, the decisions it cites, its vocabularies, the published days off.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::quoted;
use super::record::Record;

/// Kinds of applicant as the national catalogue names them, with the code of each and its English name.
pub const AUDIENCES: &[(&str, &str, &str)] = &[
    ("Công dân Việt Nam", "citizen", "Vietnamese citizen"),
    ("Người Việt Nam định cư ở nước ngoài", "overseas_vietnamese", "Vietnamese residing abroad"),
    ("Người nước ngoài", "foreigner", "Foreigner"),
    ("Người nước ngoài cư trú tại Việt Nam", "resident_foreigner", "Foreigner residing in Vietnam"),
    ("Cán bộ, công chức, viên chức", "official", "Cadre, civil servant or public employee"),
    ("Doanh nghiệp", "enterprise", "Enterprise"),
    ("Doanh nghiệp Việt Nam", "vietnamese_enterprise", "Vietnamese enterprise"),
    ("Doanh nghiệp có vốn đầu tư nước ngoài", "foreign_invested_enterprise", "Foreign-invested enterprise"),
    ("Hợp tác xã", "cooperative", "Cooperative"),
    ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "organisation", "Organisation (neither enterprise nor cooperative)"),
    ("Tổ chức nước ngoài", "foreign_organisation", "Foreign organisation"),
    ("Đảng viên", "party_member", "Party member"),
    ("Tổ chức Đảng", "party_organisation", "Party organisation"),
];

/// The code of a kind of applicant.
pub fn audience_code(name: &str) -> Option<&'static str> {
    AUDIENCES.iter().find(|(vi, ..)| *vi == name).map(|(_, code, _)| *code)
}

/// `pack.yaml`.
pub fn pack() -> String {
    "pack: catalogue\nversion: \"1\"\nname: { vi: Khung từ danh mục thủ tục, en: Scaffolds from a catalogue of procedures }\nprovided_documents: submission.documents\n".to_owned()
}

/// The deciding decisions of some records; what the catalogue does not tell of them is unknown.
pub fn instruments(records: &[&Record]) -> String {
    let mut all: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for record in records {
        let (number, stated) = record.instrument();
        let known = all.entry(number).or_default();
        *known = known.or(stated);
    }
    let mut out = "# Quyết định công bố, theo danh mục: ngày hiệu lực không có trong danh mục.\ninstruments:\n".to_owned();
    for (number, stated) in all {
        let (vi, en) = (format!("Quyết định {number}"), format!("Decision {number}"));
        let _ = write!(out, "  {}:\n    title: {{ vi: {}, en: {} }}\n    from: unknown\n    confidence: uncertain\n", quoted(&number), quoted(&vi), quoted(&en));
        if let Some(stated) = stated {
            let _ = writeln!(out, "    note: {}", quoted(&format!("Danh mục ghi: “{stated}”")));
        }
    }
    out
}

/// The vocabularies of a pack of scaffolds, by the names of their files.
pub fn vocabularies() -> [(&'static str, String); 3] {
    let mut kinds = String::new();
    for (vi, code, en) in AUDIENCES {
        let _ = writeln!(kinds, "      {code}: {{ vi: {}, en: {} }}", quoted(vi), quoted(en));
    }
    [
        ("catalogue.yaml", include_str!("vocabulary/catalogue.yaml").replace("      {kinds}\n", &kinds)),
        ("submission.yaml", include_str!("vocabulary/submission.yaml").to_owned()),
        ("case.yaml", include_str!("vocabulary/case.yaml").to_owned()),
    ]
}

/// Whether a rule file is a published year.
pub fn calendar(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("calendar:"))
}
