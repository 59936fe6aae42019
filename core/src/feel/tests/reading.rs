use super::{names, read, reads};
use crate::feel::ast::ExprKind;
use crate::feel::{Names, parse};
use crate::source::{SourceId, Span};

#[test]
fn numbers() {
    reads("12", "12");
    reads("1.50", "1.5");
    reads(".5", "0.5");
    reads("1e3", "1000");
    reads("1.5E-2", "0.015");
    reads("1e+2", "100");
    reads("-1", "(- 1)");
    reads("- -1", "(- (- 1))");
    reads("--1", "(- (- 1))");
}

#[test]
fn texts() {
    reads(r#""""#, r#""""#);
    reads(r#""Đăng ký""#, r#""Đăng ký""#);
    reads(r#""a\nb\r\t\"\'\\""#, r#""a\nb\r\t\"'\\""#);
    reads(r#""\u0041\U01F40E\uD83D\uDCA9\ud83d\udca9""#, r#""A🐎💩💩""#);
    // What is no escape of FEEL stands for itself.
    reads(r#""\d{3}\s\u00""#, r#""\\d{3}\\s\\u00""#);
}

#[test]
fn temporal_literals() {
    reads(r#"@"2026-11-22""#, "@date:2026-11-22");
    reads(r#"@"2026-11-22T15:00:00+07:00""#, "@date-time:2026-11-22T15:00:00+07:00");
    reads(r#"@"15:00:00@Asia/Ho_Chi_Minh""#, "@time:15:00:00@Asia/Ho_Chi_Minh");
    reads(r#"@"P1DT2H""#, "@days:P1DT2H");
    reads(r#"@"-P1Y2M""#, "@months:-P1Y2M");
}

#[test]
fn simple_literals_and_input() {
    reads("null", "null");
    reads("true", "true");
    reads("false", "false");
    reads("?", "?");
    reads("? > 5", "(> ? 5)");
    reads("?.a", "(. ? a)");
}

#[test]
fn comments_and_spaces() {
    reads("1 // one\n + 2", "(+ 1 2)");
    reads("1 /* one\n or * two */ + 2 // end", "(+ 1 2)");
    reads("\u{FEFF}1\u{A0}+\u{3000}2\r\n", "(+ 1 2)");
    reads("\"// no comment\"", "\"// no comment\"");
}

#[test]
fn precedence() {
    reads("a or b and c", "(or a (and b c))");
    reads("a and b = c", "(and a (= b c))");
    reads("a = b + c", "(= a (+ b c))");
    reads("a - b - c", "(- (- a b) c)");
    reads("a + b * c ** d", "(+ a (* b (** c d)))");
    reads("a / b * c", "(* (/ a b) c)");
    reads("3 ** 4 ** 5", "(** (** 3 4) 5)");
    reads("-5 ** 2", "(** (- 5) 2)");
    reads("2 ** -1", "(** 2 (- 1))");
    reads("-a.b", "(- (. a b))");
    reads("(a + b) * c", "(* (+ a b) c)");
    reads("a < b = c", "(= (< a b) c)");
    reads("1 + 2 instance of number", "(+ 1 (instance-of 2 number))");
    reads("-1 instance of number", "(- (instance-of 1 number))");
    reads("a between 1 and 2 and b", "(and (between a 1 2) b)");
    reads("a between b + 1 and c * 2", "(between a (+ b 1) (* c 2))");
    reads("a in b and c", "(and (in a b) c)");
    reads("if a then b else c + 1", "(if a b (+ c 1))");
    reads("1 + if a then b else c", "(+ 1 (if a b c))");
    reads("a != b", "(!= a b)");
    reads("a<=b or a>=b", "(or (<= a b) (>= a b))");
}

#[test]
fn tests_after_in() {
    reads("a in < 5", "(in a (< 5))");
    reads("a in (< 5, > 10, 7)", "(in a (< 5) (> 10) 7)");
    reads("a in [1..5)", "(in a [1..5))");
    reads("a in (1..5)", "(in a (1..5))");
    reads("a in (b)", "(in a b)");
    reads("a in (b + 1) * 2", "(in a (* (+ b 1) 2))");
    reads("a in (f)(x)", "(in a (call f x))");
    reads("a in [1, 2]", "(in a (list 1 2))");
    reads("a in ([1..2], ]3..4[)", "(in a [1..2] (3..4))");
    reads("a in (? > 3)", "(in a (> ? 3))");
    reads("a in b in c", "(in (in a b) c)");
}

#[test]
fn ranges() {
    reads("[1..10]", "[1..10]");
    reads("(1..10)", "(1..10)");
    reads("]1..10[", "(1..10)");
    reads("[1..10)", "[1..10)");
    reads("[1..10[ = ]1..10]", "(= [1..10) (1..10])");
    reads("]1..10[.start", "(. (1..10) start)");
    reads("[a[1]..b[1]]", "[(filter a 1)..(filter b 1)]");
    reads("[a[1]..b[1][", "[(filter a 1)..(filter b 1))");
    reads("[]1..2[, ]3..4]]", "(list (1..2) (3..4])");
    reads("](a)..[b][1]]", "(a..(filter (list b) 1)]");
    reads("[][1]", "(filter (list) 1)");
    reads("[1...5]", "[1..0.5]");
    reads("(< 10) = (null..10)", "(= (< 10) (null..10))");
    reads("(>= 5).start included", "(. (>= 5) |start included|)");
    reads("[date(\"2020-01-01\")..@\"2021-01-01\")", "[(call date \"2020-01-01\")..@date:2021-01-01)");
}

#[test]
fn types() {
    reads("a instance of date and time", "(instance-of a |date and time|)");
    reads("a instance of days and time duration", "(instance-of a |days and time duration|)");
    reads("a instance of list<list<number>>", "(instance-of a (list (list number)))");
    reads("a instance of list<number>=b", "(= (instance-of a (list number)) b)");
    reads("a instance of range<date>", "(instance-of a (range date))");
    reads("a instance of context<x: number, y z: string>", "(instance-of a (context x:number |y z|:string))");
    reads("a instance of function<> -> Any", "(instance-of a (function [] Any))");
    reads("a instance of function<number, string>->boolean", "(instance-of a (function [number string] boolean))");
    reads("a instance of tns.tApplicant Data", "(instance-of a |tns.tApplicant Data|)");
    reads("a instance of list", "(instance-of a list)");
    reads("instance instance of string and of", "(and (instance-of instance string) of)");
}

#[test]
fn constructs() {
    reads("for x in a return x + 1", "(for (x a) (+ x 1))");
    reads("for i in 1..n, j in [i..3] return i * j", "(for (i 1..n) (j [i..3]) (* i j))");
    reads("some x in a, y in b satisfies x = y", "(some (x a) (y b) (= x y))");
    reads("every x in a satisfies x in b", "(every (x a) (in x b))");
    reads("if a then if b then 1 else 2 else if c then 3 else 4", "(if a (if b 1 2) (if c 3 4))");
    reads("function() 1", "(function [] 1)");
    reads("function(a: number, b: list<string>, c) a", "(function [a:number b:(list string) c] a)");
    reads("(function(a) a)(1)", "(call (function [a] a) 1)");
    reads("function(a) external", "(function [a] external)");
}

#[test]
fn collections_and_calls() {
    reads("[]", "(list)");
    reads("[1, [2], {}]", "(list 1 (list 2) (context))");
    reads("{a: 1, \"b c\": 2, d e: a}", "(context (\"a\" 1) (\"b c\" 2) (\"d e\" a))");
    reads("{\"\": 1, if: 2, foo+bar: 3}", "(context (\"\" 1) (\"if\" 2) (\"foo+bar\" 3))");
    reads("f()", "(call f)");
    reads("f(a, b)(c)", "(call (call f a b) c)");
    reads("f(x: 1, start position: 2)", "(call f x:1 |start position|:2)");
    reads("a.b.c(1)[d > 1][2].e", "(. (filter (filter (call (. (. a b) c) 1) (> d 1)) 2) e)");
    reads("a[{b: 1}.b = item]", "(filter a (= (. (context (\"b\" 1)) b) item))");
    reads("r.end", "(. r end)");
    reads("r.in", "(. r in)");
    reads("not(a)", "(call not a)");
}

#[test]
fn names_of_several_words() {
    reads("date of birth + 1", "(+ |date of birth| 1)");
    reads("date \n of\tbirth", "|date of birth|");
    reads("date and time(a)", "(call |date and time| a)");
    reads("date and b", "(and date b)");
    reads("years and months duration(a, b)", "(call |years and months duration| a b)");
    reads("a.date of birth.year", "(. (. a |date of birth|) year)");
    reads("t.time offset", "(. t |time offset|)");
    reads("list contains(a, in stock)", "(call |list contains| a |in stock|)");
    reads("x in in stock", "(in x |in stock|)");
    reads("true north and true", "(and |true north| true)");
    reads("a+b", "|a+b|");
    reads("a +b", "(+ a b)");
    reads("CT-01 - 1", "(- |CT-01| 1)");
    reads("CT-012", "(- CT 12)");
    reads("d'accord", "|d'accord|");
}

#[test]
fn the_longest_name_is_read() {
    reads("fee", "fee");
    reads("fee due", "|fee due|");
    reads("fee due date", "|fee due date|");
    reads("fee due date()", "(call |fee due date|)");
    reads("fee * due", "(* fee due)");
}

#[test]
fn vietnamese_names() {
    reads("ngày sinh", "|ngày sinh|");
    reads("diện tích bình quân >= 8", "(>= |diện tích bình quân| 8)");
    // The same with combining marks.
    reads("nga\u{300}y sinh", "|ngày sinh|");
    reads("tuô\u{309}i", "tuổi");
    reads("{họ và tên: 1}.họ và tên", "(. (context (\"họ và tên\" 1)) |họ và tên|)");
}

#[test]
fn names_are_known_where_they_are_bound() {
    reads("for big x in a return big x + 1", "(for (|big x| a) (+ |big x| 1))");
    reads("for big x in a, y in big x return y", "(for (|big x| a) (y |big x|) y)");
    reads("some b-c in a satisfies b-c = 1", "(some (|b-c| a) (= |b-c| 1))");
    reads("[for b-c in a return b-c, b-c]", "(list (for (|b-c| a) |b-c|) (- b c))");
    reads("function(the fee: number) the fee", "(function [|the fee|:number] |the fee|)");
    reads("{unit price: 2, total: unit price * 3}", "(context (\"unit price\" 2) (\"total\" (* |unit price| 3)))");
    reads("[{unit price: 2}][unit price > 1]", "(filter (list (context (\"unit price\" 2))) (> |unit price| 1))");
}

#[test]
fn spans_count_from_the_start_of_the_source() {
    let parsed = parse(" ngày sinh.year +1", SourceId(3), 100, &names());
    assert_eq!(parsed.value.span, Span::new(SourceId(3), 101, 119));
    let ExprKind::Binary(_, left, right) = &parsed.value.kind else { panic!("{:?}", parsed.value) };
    assert_eq!((left.span.start, left.span.end), (101, 116));
    assert_eq!((right.span.start, right.span.end), (118, 119));
    let ExprKind::Path(of, step) = &left.kind else { panic!("{left:?}") };
    assert_eq!((of.span.end, step.span.start, step.span.end), (111, 112, 116));
}

#[test]
fn a_bracket_belongs_to_what_it_begins() {
    let ExprKind::Binary(_, left, _) = read("(a + b) * c").value.kind else { panic!("no product") };
    assert_eq!((left.span.start, left.span.end), (1, 6));
    assert_eq!(read("(a + b) * c").value.span.start, 0);
}

#[test]
fn declared_names_are_compared_in_one_form() {
    let mut names = Names::new();
    names.declare("  nga\u{300}y   sinh ");
    assert!(names.contains("ngày sinh"));
    assert!(!names.contains("ngày"));
    assert_eq!(names.iter().collect::<Vec<_>>(), ["ngày sinh"]);
    let before = names.clone();
    names.declare("x y");
    assert!(!before.contains("x y"));
}
