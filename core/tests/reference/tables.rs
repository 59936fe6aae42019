//! A pack with a fee table of any number of rows.

use std::fmt::Write;

/// The files of a pack whose only fee is a table of `rows` rows over `quantity` and `channel`: the amount of row n,
/// counted from 0, is n, and it applies to quantities from 10n to 10n + 9.
pub fn files(rows: usize) -> Vec<(String, String)> {
    let mut procedure = PROCEDURE.to_owned();
    for row in 0..rows {
        let (from, until) = (row * 10, row * 10 + 10);
        let _ = writeln!(procedure, "      | [{from}..{until}) | - | {row} | 01/2022/HƯ-CẤU |");
    }
    procedure.push_str("    cite: 01/2022/HƯ-CẤU\n");
    let files = [("pack.yaml", PACK), ("instruments.yaml", INSTRUMENTS), ("table.yaml", &procedure)];
    files.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

const PACK: &str = "pack: table\nversion: \"1\"\nname: { vi: Bảng, en: Table }\n";

const INSTRUMENTS: &str = "instruments:
  01/2022/HƯ-CẤU:
    title: { vi: Văn bản hư cấu, en: Fictitious instrument }
    from: 2022-01-01
";

const PROCEDURE: &str = r#"procedure: "0.000002"
name: { vi: Bảng lớn, en: Large table }
field: residence
authority: commune
online_service: full
from: 2022-01-01
facts:
  quantity: { type: integer, min: 0, max: 10000000, label: { vi: Số lượng, en: Quantity } }
  channel:
    type: enum
    values:
      online: { vi: Trực tuyến, en: Online }
      post: { vi: Bưu chính, en: Post }
    label: { vi: Nộp bằng cách nào?, en: How is it filed? }
fees:
  - id: table
    name: { vi: Phí, en: Fee }
    else: 0
    table: |
      | quantity | channel | => amount | cite |
"#;
