//! What the calls of hosts take, in words: the same words in every host.

use crate::model::Language;

/// What a call takes as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text.
    Text,
    /// Facts by their names.
    Facts,
    /// Many of them.
    Cases,
    /// A path or bytes.
    Source,
    /// A folder of rule files or a bundle.
    Pack,
    /// A day of Python, or its text.
    Day,
    /// A day and a time of Python, or their text.
    Moment,
    /// A codec of the same pack.
    Codec,
    /// What a pack is reformed by.
    Reform,
}

impl Argument {
    /// The argument of a name, for hosts that tell it across a border. Anything unknown is a text.
    #[must_use]
    pub fn named(name: &str) -> Argument {
        match name {
            "facts" => Argument::Facts,
            "cases" => Argument::Cases,
            "source" => Argument::Source,
            "pack" => Argument::Pack,
            "codec" => Argument::Codec,
            _ => Argument::Text,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Argument::Text => ("văn bản", "a string"),
            Argument::Facts => ("một đối tượng", "an object"),
            Argument::Cases => ("danh sách đối tượng", "a list of objects"),
            Argument::Source => ("đường dẫn hoặc bytes", "a path or bytes"),
            Argument::Pack => ("thư mục tệp quy tắc hoặc một gói (bundle)", "a folder of rule files or a bundle"),
            Argument::Day => ("datetime.date hoặc văn bản ISO", "a datetime.date or ISO text"),
            Argument::Moment => ("datetime.datetime hoặc văn bản ISO", "a datetime.datetime or ISO text"),
            Argument::Reform => (
                "một dự thảo của gói, một tệp hoặc thư mục dự thảo, hay một tham số của gói",
                "a draft of the pack, a file or folder of drafts, or a parameter of the pack",
            ),
            Argument::Codec => ("codec do `thutuc codec` tạo từ chính gói này", "a codec that `thutuc codec` wrote from this very pack"),
        };
        language.choose(vi, en)
    }
}
