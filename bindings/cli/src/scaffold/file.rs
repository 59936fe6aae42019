//! A procedure's first rule file.

use std::fmt::Write as _;

use super::frame::{AUDIENCES, audience_code};
use super::reading::{self, Reading, Stated};
use super::record::Record;
use super::{quoted, slug};

/// The file of a record. `from` is the first day it answers for, if one is given.
pub fn procedure(record: &Record, from: Option<&str>) -> String {
    let (instrument, _) = record.instrument();
    let (channels, others) = reading::channels(record);
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line("# Khung do `thutuc new` viết từ danh mục; cái danh mục không nói rõ thì ghi `unknown` hoặc TODO, không suy đoán.");
    line(&format!("procedure: {}", quoted(&record.code)));
    line("name:");
    line(&format!("  vi: {}", quoted(&record.name)));
    line(&format!("  en: {}", quoted(&format!("TODO translate: {}", record.name))));
    line(&format!("field: {}", slug(&record.field)));
    line(&format!("authority: {}", authority(&record.levels)));
    line(&format!("online_service: {}", if channels.contains(&"online") { "partial" } else { "information" }));
    from.iter().for_each(|from| line(&format!("from: {from}")));
    line("uses: [submission, case, catalogue]");
    line("");
    line("notes:");
    let mut note = |vi: String, en: String| line(&format!("  - {{ vi: {}, en: {} }}", quoted(&vi), quoted(&en)));
    let (levels, ministry) = (record.levels.join(", "), &record.ministry);
    note(format!("Danh mục: cấp {levels}; bộ {ministry}."), format!("Catalogue: levels {levels}; ministry {ministry}."));
    note(
        "TODO: dịch tên; mức độ trực tuyến (toàn trình hay một phần), điều kiện, thành phần hồ sơ, căn cứ từng điều.".to_owned(),
        "TODO: translate the name; the level of online service, the conditions, the papers, the article of each.".to_owned(),
    );
    if !others.is_empty() {
        note(format!("TODO: cách nộp khác: {}.", others.join(", ")), format!("TODO: other ways to file: {}.", others.join(", ")));
    }
    let strange: Vec<&str> = record.audience.iter().map(|name| &**name).filter(|name| audience_code(name).is_none()).collect();
    if !strange.is_empty() {
        note(format!("TODO: đối tượng khác: {}.", strange.join(", ")), format!("TODO: other applicants: {}.", strange.join(", ")));
    }
    let basis = format!("cite: {}\n    confidence: uncertain", quoted(&instrument));
    eligibility(&mut out, record, &channels, strange.is_empty(), &basis);
    let _ = write!(
        out,
        "\ndocuments:\n  - id: papers\n    name: {{ vi: \"TODO: thành phần hồ sơ\", en: \"TODO: the papers\" }}\n    when: catalogue.papers\n    {basis}\n"
    );
    fees(&mut out, &reading::fees(record), &basis);
    deadline(&mut out, &reading::periods(record), &basis);
    out
}

/// The one level of a rule file: the lowest that is stated. All of them stand in a note.
fn authority(levels: &[String]) -> &'static str {
    ["commune", "province", "ministry"].into_iter().find(|level| levels.iter().any(|stated| stated == level)).unwrap_or("other")
}

fn eligibility(out: &mut String, record: &Record, channels: &[&str], all_known: bool, basis: &str) {
    out.push_str("\neligibility:\n");
    if !channels.is_empty() {
        let _ = write!(
            out,
            "  - id: channel\n    require: {}\n    message:\n      vi: \"Danh mục không nêu cách nộp này.\"\n      en: \"The catalogue does not offer this way to file.\"\n    {basis}\n",
            among("submission.channel", channels)
        );
    }
    let mut kinds: Vec<&str> = record.audience.iter().filter_map(|name| audience_code(name)).collect();
    kinds.dedup();
    if !kinds.is_empty() && all_known && kinds.len() < AUDIENCES.len() {
        let _ = write!(
            out,
            "  - id: applicant\n    require: {}\n    message:\n      vi: \"Danh mục không nêu đối tượng này.\"\n      en: \"The catalogue does not name this kind of applicant.\"\n    {basis}\n",
            among("catalogue.applicant", &kinds)
        );
    }
    let _ = write!(
        out,
        "  - id: conditions\n    require: catalogue.conditions\n    message:\n      vi: \"TODO: điều kiện\"\n      en: \"TODO: the conditions\"\n    {basis}\n"
    );
}

/// A test that YAML takes as one text.
fn among(fact: &str, codes: &[&str]) -> String {
    match codes {
        [one] => format!("{fact} = \"{one}\""),
        _ => format!("{fact} in ({})", codes.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ")),
    }
}

/// The id of one of several elements: its channels, where there are several.
fn id(of: &str, stated: &Stated, all: &[Stated]) -> String {
    if all.len() == 1 { of.to_owned() } else { format!("{of}_{}", stated.channels.join("_")) }
}

fn not_known(reading: &Reading, what: (&str, &str)) -> String {
    let (vi, en) = match reading {
        Reading::Unclear(words) => (format!("Danh mục ghi {}: “{words}”, chưa đọc được chính xác.", what.0), format!("The catalogue says of {}: “{words}”, which cannot be read exactly.", what.1)),
        _ => (format!("Danh mục không ghi {}.", what.0), format!("The catalogue does not state {}.", what.1)),
    };
    format!("unknown:\n      vi: {}\n      en: {}", quoted(&vi), quoted(&en))
}

fn fees(out: &mut String, all: &[Stated], basis: &str) {
    if all.is_empty() {
        return;
    }
    out.push_str("\nfees:\n");
    for stated in all {
        let amount = match &stated.reading {
            Reading::Exact(amount) => format!("amount: {amount}"),
            unclear => not_known(unclear, ("phí, lệ phí", "the fee")),
        };
        let _ = write!(
            out,
            "  - id: {}\n    name: {{ vi: \"Phí, lệ phí\", en: Fee }}\n    when: {}\n    {amount}\n    {basis}\n",
            id("fee", stated, all),
            among("submission.channel", &stated.channels),
        );
    }
}

fn deadline(out: &mut String, all: &[Stated], basis: &str) {
    if all.is_empty() {
        return;
    }
    out.push_str("\ndeadline:\n");
    for stated in all {
        let period = match &stated.reading {
            Reading::Exact(period) => format!("period: {period}"),
            unclear => not_known(unclear, ("thời hạn", "the period")),
        };
        let _ = write!(
            out,
            "  - id: {}\n    when: {}\n    {period}\n    clock: unknown\n    {basis}\n",
            id("period", stated, all),
            among("submission.channel", &stated.channels),
        );
    }
}

/// An annotated example of a procedure, to be filled in.
pub fn template(code: &str) -> String {
    include_str!("template.yaml").replace("{code}", code)
}
