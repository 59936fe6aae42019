//! Random trees are written and read back; random texts are read without a panic.

use proptest::prelude::*;

use super::dump::dump;
use super::{read, read_tests};
use crate::feel::ast::*;
use crate::feel::{format, format_tests};
use crate::source::Span;
use crate::value::{Date, DateTime, DaysDuration, Decimal, MonthsDuration, Offset, Time};

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn spanned(name: &str) -> Spanned {
    Spanned { name: name.into(), span: Span::default() }
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

/// Single words, and names that [`super::names`] declares.
fn name() -> impl Strategy<Value = Spanned> {
    let words = &["a", "b", "tuổi", "x1", "_", "instance", "not", "external", "of", "list"];
    let declared = &["date of birth", "date and time", "in stock", "true north", "CT-01", "a+b", "d'accord", "ngày sinh"];
    prop_oneof![one_of(words), one_of(declared)].prop_map(spanned)
}

fn step() -> impl Strategy<Value = Spanned> {
    prop_oneof![name(), one_of(&["in", "end", "if", "null", "start included"]).prop_map(spanned)]
}

fn key() -> impl Strategy<Value = Spanned> {
    let odd = &["", "1", "a  b", " a", "x!", "\"", "a..b", "a//b", "\\", "\u{0}"];
    prop_oneof![step(), one_of(odd).prop_map(spanned)]
}

fn number() -> impl Strategy<Value = ExprKind> {
    ("[0-9]{1,20}", "[0-9]{0,12}", -30..30i32).prop_map(|(whole, fraction, exponent)| {
        let number = Decimal::parse(&format!("{whole}.{fraction}0e{exponent}")).expect("a number");
        ExprKind::Number(number)
    })
}

fn time() -> impl Strategy<Value = Time> {
    let zone = one_of(&["Asia/Ho_Chi_Minh", "Europe/Paris"]);
    let offset = prop_oneof![
        Just(None),
        (-64_800..=64_800i32).prop_map(|seconds| Some(Offset::Seconds(seconds))),
        zone.prop_map(|zone| Some(Offset::Zone(zone.into()))),
    ];
    (0..86_400_000_000_000u64, offset).prop_map(|(nanos, offset)| Time { nanos, offset })
}

fn temporal() -> impl Strategy<Value = AtLiteral> {
    let date = || (-700_000..3_000_000i32).prop_map(Date);
    prop_oneof![
        date().prop_map(AtLiteral::Date),
        time().prop_map(AtLiteral::Time),
        (date(), time()).prop_map(|(date, time)| AtLiteral::DateTime(DateTime { date, time })),
        any::<i64>().prop_map(|nanos| AtLiteral::Days(DaysDuration::from_nanos(nanos.into()))),
        (-9999..9999i64).prop_map(|months| AtLiteral::Months(MonthsDuration::from_months(months))),
    ]
}

fn written_type() -> impl Strategy<Value = TypeExpr> {
    let of = |kind| TypeExpr { kind, span: Span::default() };
    let names = &["number", "date and time", "list", "function", "context", "tns.tApplicant Data", "Any", "null"];
    let named = one_of(names).prop_map(move |name| of(TypeExprKind::Named(name.into())));
    named.prop_recursive(3, 8, 3, move |inner| {
        prop_oneof![
            inner.clone().prop_map(move |inner| of(TypeExprKind::List(inner.into()))),
            inner.clone().prop_map(move |inner| of(TypeExprKind::Range(inner.into()))),
            prop::collection::vec((name(), inner.clone()), 0..3).prop_map(move |members| {
                of(TypeExprKind::Context(members.into_iter().map(|(name, of)| (name.name, of)).collect()))
            }),
            (prop::collection::vec(inner.clone(), 0..3), inner)
                .prop_map(move |(parameters, result)| of(TypeExprKind::Function(parameters, result.into()))),
        ]
    })
}

fn binary_op() -> impl Strategy<Value = BinaryOp> {
    use BinaryOp::*;
    let plain = prop::sample::select(&[Or, And, Add, Subtract, Multiply, Divide, Power][..]);
    prop_oneof![2 => plain, 1 => compare_op().prop_map(Compare)]
}

fn compare_op() -> impl Strategy<Value = CompareOp> {
    use CompareOp::*;
    prop::sample::select(&[Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual][..])
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        Just(ExprKind::Null),
        Just(ExprKind::Input),
        any::<bool>().prop_map(ExprKind::Boolean),
        number(),
        any::<String>().prop_map(|text| ExprKind::Text(text.into())),
        temporal().prop_map(ExprKind::At),
        name().prop_map(|name| ExprKind::Name(name.name)),
    ]
    .prop_map(expr)
}

fn iterations(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Vec<Iteration>> + use<> {
    let one = (name(), inner.clone(), prop::option::of(inner.clone()));
    prop::collection::vec(one.prop_map(|(name, from, to)| Iteration { name, from, to }), 1..3)
}

fn arguments(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Arguments> + use<> {
    prop_oneof![
        prop::collection::vec(inner.clone(), 0..3).prop_map(Arguments::Positional),
        prop::collection::vec((name(), inner.clone()), 1..3).prop_map(Arguments::Named),
    ]
}

fn branch(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> {
    let one = || inner.clone();
    let boxed = || inner.clone().prop_map(Box::new);
    let some = |least| prop::collection::vec(inner.clone(), least..4);
    let parameter = (name(), prop::option::of(written_type())).prop_map(|(name, of)| Parameter { name, of });
    let entry = (key(), one()).prop_map(|(key, value)| Entry { key, value });
    let range = (any::<bool>(), boxed(), boxed(), any::<bool>())
        .prop_map(|(low_included, low, high, high_included)| RangeExpr { low_included, low, high, high_included });
    let operators = prop_oneof![
        (binary_op(), boxed(), boxed()).prop_map(|(op, left, right)| ExprKind::Binary(op, left, right)),
        boxed().prop_map(ExprKind::Negate),
        (boxed(), boxed(), boxed()).prop_map(|(value, low, high)| ExprKind::Between(value, low, high)),
        (boxed(), some(1)).prop_map(|(value, tests)| ExprKind::In(value, tests)),
        (boxed(), written_type()).prop_map(|(value, of)| ExprKind::InstanceOf(value, of)),
        (compare_op(), boxed()).prop_map(|(op, end)| ExprKind::Comparison(op, end)),
        (boxed(), step()).prop_map(|(of, step)| ExprKind::Path(of, step)),
        (boxed(), boxed()).prop_map(|(list, condition)| ExprKind::Filter(list, condition)),
        (boxed(), arguments(&inner)).prop_map(|(function, arguments)| ExprKind::Call(function, arguments)),
    ];
    let constructs = prop_oneof![
        (boxed(), boxed(), boxed()).prop_map(|(condition, then, other)| ExprKind::If(condition, then, other)),
        (iterations(&inner), boxed()).prop_map(|(over, body)| ExprKind::For(over, body)),
        (iterations(&inner), boxed()).prop_map(|(over, body)| ExprKind::Quantified(Quantifier::Some, over, body)),
        (iterations(&inner), boxed()).prop_map(|(over, body)| ExprKind::Quantified(Quantifier::Every, over, body)),
        some(0).prop_map(ExprKind::List),
        prop::collection::vec(entry, 0..3).prop_map(ExprKind::Context),
        (prop::collection::vec(parameter, 0..3), boxed())
            .prop_map(|(parameters, body)| ExprKind::Function(parameters, body)),
        range.prop_map(ExprKind::Range),
    ];
    prop_oneof![3 => operators, 2 => constructs].prop_map(expr)
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 4, branch_of)
}

fn branch_of(inner: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    branch(inner).boxed()
}

fn cell() -> impl Strategy<Value = Expr> {
    let some = || prop::collection::vec(tree(), 1..4);
    prop_oneof![
        1 => Just(ExprKind::Any),
        4 => some().prop_map(ExprKind::NotTests),
        8 => some().prop_map(ExprKind::Tests),
    ]
    .prop_map(expr)
}

const TOKENS: &[&str] = &[
    "1", ".5", "1e3", "\"a\"", "'b'", "\"", "@", "@\"P1D\"", "a", "b", "date of birth", "date", "of", "not", "not(", "and",
    "or", "between", "in", "instance", "of", "if", "then", "else", "for", "return", "some", "every", "satisfies",
    "function", "function(", "external", "list<", "true", "null", "?", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">",
    ">=", "==", "&&", "!", ".", "..", ",", ";", ":", "->", "(", ")", "[", "]", "{", "}", "//", "/*", "*/", "\\", "\n",
    "ngày sinh", "đ", "\u{300}", "🐎", "%", "≥",
];

fn token_soup() -> impl Strategy<Value = String> {
    let token = (one_of(TOKENS), one_of(&["", " ", " ", "  "]));
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.into_iter().map(|(a, b)| format!("{a}{b}")).collect())
}

/// Every span lies within the text and its ends between characters.
fn spans_are_in(text: &str, diagnostics: &[crate::diagnostics::Diagnostic]) -> bool {
    diagnostics.iter().all(|d| text.get(d.span.start as usize..d.span.end as usize).is_some())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn a_tree_is_read_as_it_was_written(tree in tree()) {
        let text = format(&tree);
        let parsed = read(&text);
        prop_assert_eq!(&parsed.diagnostics, &[], "{}", text);
        prop_assert_eq!(dump(&parsed.value), dump(&tree), "{}", text);
        prop_assert_eq!(format(&parsed.value), text);
    }

    #[test]
    fn a_cell_is_read_as_it_was_written(cell in cell()) {
        let text = format_tests(&cell);
        let parsed = read_tests(&text);
        prop_assert_eq!(&parsed.diagnostics, &[], "{}", text);
        prop_assert_eq!(dump(&parsed.value), dump(&cell), "{}", text);
    }

    #[test]
    fn tokens_in_any_order_are_read_or_refused(text in token_soup()) {
        let (expr, tests) = (read(&text), read_tests(&text));
        prop_assert!(spans_are_in(&text, &expr.diagnostics) && spans_are_in(&text, &tests.diagnostics), "{}", text);
        // A key may declare a name that an operator with other spaces around it would be.
        if expr.diagnostics.is_empty() && !text.contains(':') {
            let written = format(&expr.value);
            prop_assert_eq!(dump(&read(&written).value), dump(&expr.value), "{} -> {}", text, written);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        prop_assert!(spans_are_in(&text, &read(&text).diagnostics));
        prop_assert!(spans_are_in(&text, &read_tests(&text).diagnostics));
    }
}
