//! The words of the command line itself, in Vietnamese and English. Sentences about law are the core's.

use thutuc::compile::program::Layout;
use thutuc::model::{Confidence, DocumentForm, Language};
use thutuc::value::Date;
use thutuc::wire::{OutcomeName, Overall};

/// Words in one language.
pub struct Words {
    pub law_of: &'static str,
    pub received: &'static str,
    pub conditions: &'static str,
    pub identity: &'static str,
    pub documents: &'static str,
    pub fees: &'static str,
    pub deadline: &'static str,
    pub linked: &'static str,
    pub missing: &'static str,
    pub gaps: &'static str,
    pub problems: &'static str,
    pub level: &'static str,
    pub no_account: &'static str,
    pub to_change: &'static str,
    pub need_to_know: &'static str,
    pub no_documents: &'static str,
    pub no_fee: &'static str,
    pub no_deadline: &'static str,
    pub open: &'static str,
    pub any_of: &'static str,
    pub provided: &'static str,
    pub reused: &'static str,
    pub reused_from: &'static str,
    pub not_required: &'static str,
    pub not_applicable: &'static str,
    pub because: &'static str,
    pub row: &'static str,
    pub period: &'static str,
    pub from: &'static str,
    pub skipped: &'static str,
    pub pauses: &'static str,
    pub provisional: &'static str,
    pub next: &'static str,
    pub decides: &'static str,
    pub perhaps: &'static str,
    pub condition: &'static str,
    pub check: &'static str,
    pub met: &'static str,
    pub optional: &'static str,
    pub default: &'static str,
    pub each: &'static str,
    pub fields: [(&'static str, &'static str); 10],
    pub columns: [&'static str; 5],
    pub counted: &'static str,
    pub weekend: &'static str,
    pub due: &'static str,
}

const VI: Words = Words {
    law_of: "luật ngày",
    received: "nhận hồ sơ",
    conditions: "ĐIỀU KIỆN",
    identity: "ĐỊNH DANH ĐIỆN TỬ",
    documents: "GIẤY TỜ",
    fees: "PHÍ, LỆ PHÍ",
    deadline: "HẸN TRẢ KẾT QUẢ",
    linked: "CÁC BƯỚC LIÊN THÔNG",
    missing: "CÒN CẦN BIẾT",
    gaps: "LUẬT CHƯA RÕ",
    problems: "DỮ KIỆN KHÔNG DÙNG ĐƯỢC",
    level: "mức",
    no_account: "không cần tài khoản định danh",
    to_change: "→",
    need_to_know: "cần biết:",
    no_documents: "không có",
    no_fee: "không thu",
    no_deadline: "không có thời hạn nào áp dụng",
    open: "chưa rõ",
    any_of: "một trong các giấy tờ:",
    provided: "đã nộp",
    reused: "cơ quan nhà nước đã có, không phải nộp",
    reused_from: "đã có trong",
    not_required: "không cần",
    not_applicable: "không áp dụng",
    because: "vì",
    row: "dòng",
    period: "Thời hạn",
    from: "tính từ",
    skipped: "Không tính",
    pauses: "Tạm dừng",
    provisional: "tạm tính",
    next: "hỏi tiếp",
    decides: "quyết định",
    perhaps: "có thể sẽ cần",
    condition: "điều kiện",
    check: "kiểm tra định danh",
    met: "đạt",
    optional: "có thể không có (null)",
    default: "không khai cũng được",
    each: "mỗi mục:",
    fields: [
        ("residence", "cư trú"),
        ("civil_status", "hộ tịch"),
        ("immigration", "xuất nhập cảnh"),
        ("justice", "tư pháp"),
        ("certification", "chứng thực"),
        ("identity", "căn cước, định danh"),
        ("transport", "giao thông"),
        ("business", "hộ kinh doanh"),
        ("construction", "xây dựng"),
        ("tax", "thuế"),
    ],
    counted: "ngày được tính",
    weekend: "cuối tuần",
    due: "hẹn trả",
    columns: ["Mã", "Thủ tục", "Lĩnh vực", "Cấp", "Dịch vụ công trực tuyến"],
};

const EN: Words = Words {
    law_of: "law of",
    received: "received",
    conditions: "CONDITIONS",
    identity: "ELECTRONIC IDENTITY",
    documents: "DOCUMENTS",
    fees: "FEES",
    deadline: "DUE",
    linked: "LINKED STEPS",
    missing: "STILL TO KNOW",
    gaps: "LAW THAT IS NOT KNOWN",
    problems: "FACTS THAT CANNOT BE USED",
    level: "level",
    no_account: "no electronic account is needed",
    to_change: "→",
    need_to_know: "to know:",
    no_documents: "none",
    no_fee: "none",
    no_deadline: "no deadline applies",
    open: "open",
    any_of: "any one of:",
    provided: "handed in",
    reused: "known to the state, need not be handed in",
    reused_from: "known from",
    not_required: "not needed",
    not_applicable: "does not apply",
    because: "because",
    row: "row",
    period: "Period",
    from: "counted from",
    skipped: "Not counted",
    pauses: "Paused",
    provisional: "provisional",
    next: "next question",
    decides: "decides",
    perhaps: "perhaps later",
    condition: "condition",
    check: "identity check",
    met: "met",
    optional: "may be none (null)",
    default: "need not be told",
    each: "each:",
    fields: [
        ("residence", "residence"),
        ("civil_status", "civil status"),
        ("immigration", "immigration"),
        ("justice", "justice"),
        ("certification", "certification"),
        ("identity", "identity"),
        ("transport", "transport"),
        ("business", "household business"),
        ("construction", "construction"),
        ("tax", "tax"),
    ],
    counted: "counted",
    weekend: "weekend",
    due: "due",
    columns: ["Code", "Procedure", "Field", "Level", "Online service"],
};

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    language.choose(&VI, &EN)
}

/// The outcome in capitals.
pub fn outcome(of: OutcomeName, language: Language) -> &'static str {
    match of {
        OutcomeName::Accept => language.choose("NHẬN", "ACCEPT"),
        OutcomeName::Refuse => language.choose("TỪ CHỐI", "REFUSE"),
        OutcomeName::Ask => language.choose("CÒN HỎI", "ASK"),
    }
}

/// The outcome in a sentence.
pub fn outcome_sentence(of: OutcomeName, unmet: usize, questions: usize, language: Language) -> String {
    match (of, language) {
        (OutcomeName::Accept, Language::Vi) => "Hồ sơ đủ điều kiện, nộp được.".to_owned(),
        (OutcomeName::Accept, Language::En) => "The case meets every condition and may be filed.".to_owned(),
        (OutcomeName::Refuse, Language::Vi) => format!("Hồ sơ chưa nộp được: {unmet} điều kiện không đạt."),
        (OutcomeName::Refuse, Language::En) => format!("The case may not be filed: {} not met.", plural(unmet, "condition is", "conditions are")),
        (OutcomeName::Ask, Language::Vi) if questions == 0 => "Chưa kết luận được: luật còn chỗ chưa rõ.".to_owned(),
        (OutcomeName::Ask, Language::En) if questions == 0 => "Not settled: the law is not known in a point that matters.".to_owned(),
        (OutcomeName::Ask, Language::Vi) => format!("Chưa kết luận được: còn {questions} câu hỏi có thể làm thay đổi kết luận."),
        (OutcomeName::Ask, Language::En) => {
            format!("Not settled: {} still make a difference.", plural(questions, "question can", "questions can"))
        }
    }
}

/// The status of all conditions together.
pub fn overall(of: Overall, language: Language) -> &'static str {
    match of {
        Overall::Met => language.choose("đạt", "met"),
        Overall::Unmet => language.choose("không đạt", "not met"),
        Overall::Undetermined => language.choose("chưa rõ", "open"),
    }
}

/// `1 question can`, `2 questions can`.
pub fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// In what form and how many.
pub fn copies(form: DocumentForm, original: u32, copy: u32, language: Language) -> String {
    let (originals, copies) = match (form, language) {
        (DocumentForm::Present, _) if original + copy == 0 => return language.choose("xuất trình", "to be shown").to_owned(),
        (DocumentForm::Present, Language::Vi) => ("bản chính để xuất trình", "bản sao"),
        (DocumentForm::Present, Language::En) => ("original to be shown", "copy"),
        (DocumentForm::EForm, Language::Vi) => return "khai trên biểu mẫu điện tử".to_owned(),
        (DocumentForm::EForm, Language::En) => return "filled in online".to_owned(),
        (DocumentForm::Declaration, Language::Vi) => return "khai trong giấy tờ khác".to_owned(),
        (DocumentForm::Declaration, Language::En) => return "declared within another paper".to_owned(),
        (DocumentForm::CertifiedCopy, Language::Vi) => ("bản chính", "bản sao chứng thực"),
        (DocumentForm::CertifiedCopy, Language::En) => ("original", "certified copy"),
        (_, Language::Vi) => ("bản chính", "bản sao"),
        (_, Language::En) => ("original", "copy"),
    };
    let some = |number: u32, what: &str| {
        let many = match (language, what.strip_suffix("copy")) {
            (Language::En, Some(rest)) if number > 1 => format!("{rest}copies"),
            (Language::En, None) if number > 1 => what.replace("original", "originals"),
            _ => what.to_owned(),
        };
        (number > 0).then(|| format!("{number} {many}"))
    };
    let parts: Vec<String> = some(original, originals).into_iter().chain(some(copy, copies)).collect();
    parts.join(", ")
}

/// How sure a citation is, if it is not verified.
pub fn confidence(of: Confidence, language: Language) -> Option<&'static str> {
    match of {
        Confidence::Verified => None,
        Confidence::Recalled => Some(language.choose("theo trí nhớ", "recalled")),
        Confidence::Uncertain => Some(language.choose("chưa chắc chắn", "uncertain")),
    }
}

/// The day of the week.
pub fn weekday(day: Date, language: Language) -> &'static str {
    let (vi, en) = match day.weekday() {
        1 => ("thứ Hai", "Monday"),
        2 => ("thứ Ba", "Tuesday"),
        3 => ("thứ Tư", "Wednesday"),
        4 => ("thứ Năm", "Thursday"),
        5 => ("thứ Sáu", "Friday"),
        6 => ("thứ Bảy", "Saturday"),
        _ => ("Chủ nhật", "Sunday"),
    };
    language.choose(vi, en)
}

/// A field of administration; its own name if it has no other.
pub fn field(name: &str, language: Language) -> &str {
    words(language).fields.iter().find(|(known, _)| *known == name).map_or(name, |(_, word)| word)
}

/// `ministry`, `province`, `commune`, `other`.
pub fn authority(name: &str, language: Language) -> &str {
    match name {
        "ministry" => language.choose("bộ", "ministry"),
        "province" => language.choose("cấp tỉnh", "province"),
        "commune" => language.choose("cấp xã", "commune"),
        "other" => language.choose("cơ quan khác", "another body"),
        other => other,
    }
}

/// `full`, `partial`, `information`.
pub fn online_service(name: &str, language: Language) -> &str {
    match name {
        "full" => language.choose("toàn trình", "full"),
        "partial" => language.choose("một phần", "partial"),
        "information" => language.choose("chỉ thông tin", "information"),
        other => other,
    }
}

/// What a fact takes.
pub fn fact_type(layout: &Layout, language: Language) -> String {
    let (vi, en) = match layout {
        Layout::Boolean => ("true hoặc false".to_owned(), "true or false".to_owned()),
        Layout::Number { decimals, min, max, unit, .. } => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" ({unit})"));
            let (bounds_vi, bounds_en) = match (min, max) {
                (Some(min), Some(max)) => (format!(" từ {min} đến {max}"), format!(" from {min} to {max}")),
                (Some(min), None) => (format!(" từ {min}"), format!(" from {min}")),
                (None, Some(max)) => (format!(" đến {max}"), format!(" up to {max}")),
                (None, None) => (String::new(), String::new()),
            };
            let (places_vi, places_en) = match decimals {
                Some(0) => (" nguyên".to_owned(), "integer".to_owned()),
                Some(places) => (String::new(), format!("number of at most {places} decimal places")),
                None => (String::new(), "number".to_owned()),
            };
            let after_vi = decimals.filter(|places| *places > 0).map_or(String::new(), |places| format!(", tối đa {places} chữ số thập phân"));
            (format!("số{places_vi}{unit}{bounds_vi}{after_vi}"), format!("{places_en}{unit}{bounds_en}"))
        }
        Layout::Enumeration { .. } => ("một trong".to_owned(), "one of".to_owned()),
        Layout::Set { .. } => ("mỗi giá trị nhiều nhất một lần trong".to_owned(), "each at most once of".to_owned()),
        Layout::Date { min, max } => (format!("ngày YYYY-MM-DD từ {min} đến {max}"), format!("date YYYY-MM-DD from {min} to {max}")),
        Layout::Text { personal_id: true, .. } => ("12 chữ số".to_owned(), "12 digits".to_owned()),
        Layout::Text { max_length, .. } => (format!("văn bản, tối đa {max_length} ký tự"), format!("text of at most {max_length} characters")),
        Layout::Time => ("giờ HH:MM".to_owned(), "time HH:MM".to_owned()),
        Layout::DateTime => ("ngày giờ YYYY-MM-DDTHH:MM".to_owned(), "date and time YYYY-MM-DDTHH:MM".to_owned()),
        Layout::Texts { max_items } => (format!("danh sách văn bản, tối đa {max_items}"), format!("list of at most {max_items} texts")),
        Layout::Records { max_items, .. } => (format!("danh sách tối đa {max_items} mục"), format!("list of at most {max_items} records")),
    };
    language.choose(vi, en)
}

/// The words of the interview.
pub struct TalkWords {
    pub conditions: &'static str,
    pub identity: &'static str,
    pub documents: &'static str,
    pub fees: &'static str,
    pub deadline: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub several: &'static str,
    pub date: &'static str,
    pub datetime: &'static str,
    pub help: &'static str,
    pub back: &'static str,
    pub quit: &'static str,
    pub nothing: &'static str,
    pub first: &'static str,
    pub why: &'static str,
    pub count_wanted: &'static str,
}

const TALK_VI: TalkWords = TalkWords {
    conditions: "Điều kiện",
    identity: "Định danh",
    documents: "Giấy tờ",
    fees: "Phí, lệ phí",
    deadline: "Hẹn trả",
    yes: "Có",
    no: "Không",
    several: "nhiều lựa chọn: cách nhau bằng dấu phẩy; không có: để trống",
    date: "ngày/tháng/năm, ví dụ 22/11/2026",
    datetime: "ngày/tháng/năm giờ:phút, ví dụ 22/11/2026 14:30",
    help: "? giải thích",
    back: "< quay lại",
    quit: "q kết thúc",
    nothing: "- không có",
    first: "Đây là câu hỏi đầu tiên.",
    why: "Cần để biết:",
    count_wanted: "Nhập số mục, ví dụ 0 hoặc 2.",
};

const TALK_EN: TalkWords = TalkWords {
    conditions: "Conditions",
    identity: "Identity",
    documents: "Documents",
    fees: "Fees",
    deadline: "Due",
    yes: "Yes",
    no: "No",
    several: "several: separated by commas; none: leave empty",
    date: "YYYY-MM-DD or day/month/year",
    datetime: "YYYY-MM-DD HH:MM or day/month/year HH:MM",
    help: "? help",
    back: "< back",
    quit: "q end",
    nothing: "- none",
    first: "This is the first question.",
    why: "Needed for:",
    count_wanted: "Give the number of records, such as 0 or 2.",
};

/// The words of the interview in a language.
pub fn talk(language: Language) -> &'static TalkWords {
    language.choose(&TALK_VI, &TALK_EN)
}

/// How many records a list may have.
pub fn how_many(most: u32, language: Language) -> String {
    match language {
        Language::Vi => format!("có mấy mục? (0 đến {most})"),
        Language::En => format!("how many records? (0 to {most})"),
    }
}

/// `2/3`: the second record of three.
pub fn record_of(record: usize, count: usize, language: Language) -> String {
    match language {
        Language::Vi => format!("Mục {record}/{count}:"),
        Language::En => format!("Record {record} of {count}:"),
    }
}

/// How many questions are still to come.
pub fn still(now: usize, later: usize, language: Language) -> String {
    match (later, language) {
        (0, Language::Vi) => format!("còn {now} câu hỏi"),
        (0, Language::En) => format!("{} to go", plural(now, "question", "questions")),
        (_, Language::Vi) => format!("còn {now} câu hỏi, có thể thêm {later}"),
        (_, Language::En) => format!("{} to go, perhaps {later} more", plural(now, "question", "questions")),
    }
}

/// The words of a sheet.
pub struct SheetWords {
    pub online: &'static str,
    pub authority: &'static str,
    pub not_in_force: &'static str,
    pub amendments: &'static str,
    pub deadlines: &'static str,
    pub parameters: &'static str,
    pub definitions: &'static str,
    pub notes: &'static str,
    pub draft: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub when: &'static str,
    pub require: &'static str,
    pub reuse: &'static str,
    pub amount: &'static str,
    pub tiers: &'static str,
    pub beyond: &'static str,
    pub floor: &'static str,
    pub cap: &'static str,
    pub times: &'static str,
    pub to: &'static str,
    pub percent: &'static str,
    pub off: &'static str,
    pub max_off: &'static str,
    pub clock: &'static str,
    pub cutoff: &'static str,
    pub not_before: &'static str,
    pub extension: &'static str,
    pub carries_out: &'static str,
    pub after: &'static str,
    pub result: &'static str,
    pub limit: &'static str,
    pub covers: &'static str,
    pub if_refused: &'static str,
    pub otherwise: &'static str,
    pub steps: &'static str,
    pub apology: &'static str,
    pub declarations: &'static str,
    pub rest: &'static str,
    pub notice: &'static str,
    pub reappointments: &'static str,
}

const SHEET_VI: SheetWords = SheetWords {
    online: "dịch vụ công",
    authority: "Cơ quan giải quyết",
    not_in_force: "Thủ tục không có hiệu lực trong ngày này.",
    amendments: "SỬA ĐỔI ĐANG ÁP DỤNG",
    deadlines: "THỜI HẠN",
    parameters: "THAM SỐ",
    definitions: "ĐỊNH NGHĨA",
    notes: "LƯU Ý",
    draft: "dự thảo",
    from: "từ",
    until: "đến",
    when: "khi:",
    require: "phải:",
    reuse: "dùng lại khi:",
    amount: "mức:",
    tiers: "theo bậc của",
    beyond: "tiếp theo:",
    floor: "ít nhất:",
    cap: "nhiều nhất:",
    times: "nhân với:",
    to: "còn:",
    percent: "giảm %:",
    off: "giảm:",
    max_off: "giảm nhiều nhất:",
    clock: "khi bổ sung hồ sơ:",
    cutoff: "nhận sau giờ:",
    not_before: "không trước:",
    extension: "cộng thêm:",
    carries_out: "thủ tục",
    after: "sau bước:",
    result: "kết quả:",
    limit: "hạn:",
    covers: "đã có:",
    if_refused: "nếu bị từ chối:",
    otherwise: "không dòng nào khớp:",
    steps: "CÁC BƯỚC TRONG CƠ QUAN",
    apology: "XIN LỖI KHI TRỄ HẠN",
    declarations: "KHAI CHO MỨC ĐỘ DỊCH VỤ CÔNG TRỰC TUYẾN",
    rest: "phần còn lại của thời hạn",
    notice: "gửi trước hạn:",
    reappointments: "số lần được hẹn lại:",
};

const SHEET_EN: SheetWords = SheetWords {
    online: "online service",
    authority: "Authority",
    not_in_force: "The procedure is not in force on this day.",
    amendments: "AMENDMENTS THAT APPLY",
    deadlines: "DEADLINES",
    parameters: "PARAMETERS",
    definitions: "DEFINITIONS",
    notes: "NOTES",
    draft: "draft",
    from: "from",
    until: "until",
    when: "when:",
    require: "require:",
    reuse: "reused when:",
    amount: "amount:",
    tiers: "in steps of",
    beyond: "beyond:",
    floor: "at least:",
    cap: "at most:",
    times: "times:",
    to: "to:",
    percent: "percent off:",
    off: "off:",
    max_off: "at most off:",
    clock: "on supplements:",
    cutoff: "received after:",
    not_before: "not before:",
    extension: "further:",
    carries_out: "procedure",
    after: "after:",
    result: "result:",
    limit: "limit:",
    covers: "covered:",
    if_refused: "if refused:",
    otherwise: "no row fits:",
    steps: "STEPS INSIDE THE AUTHORITY",
    apology: "APOLOGY WHEN LATE",
    declarations: "DECLARED FOR THE LEVEL OF ONLINE SERVICE",
    rest: "what remains of the whole",
    notice: "sent before the day due:",
    reappointments: "re-appointments:",
};

/// The words of a sheet in a language.
pub fn sheet(language: Language) -> &'static SheetWords {
    language.choose(&SHEET_VI, &SHEET_EN)
}
