//! Calls: of builtins by their declared signatures, of function values by their types.

use super::infer::{Declarations, Inference, boolean, constant};
use super::typed::{Expr, Kind};
use crate::builtins::{self, Builtin, Misfit, Unbound};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::feel::ast::{self, Arguments, ExprKind};
use crate::source::Span;
use crate::value::{Type, Value};

impl<D: Declarations> Inference<'_, D> {
    /// A call.
    pub(super) fn call(&mut self, callee: &ast::Expr, arguments: &Arguments, span: Span) -> Expr {
        if let ExprKind::Name(name) = &callee.kind
            && self.scope.get(name).is_none()
        {
            return match builtins::find(name) {
                Some(builtin) => self.builtin(builtin, callee.span, arguments, span),
                None => self.unknown_function(name, callee.span),
            };
        }
        let callee = self.infer(callee);
        let Arguments::Positional(arguments) = arguments else {
            let problem = Diagnostic::new(Code::WrongArguments, span, "a function value is called with named arguments");
            return self.error(problem.help("give the arguments by position"));
        };
        let arguments: Vec<Expr> = arguments.iter().map(|argument| self.infer(argument)).collect();
        let of = match callee.of.without_null() {
            Type::Function(parameters, result) => {
                if parameters.len() != arguments.len() {
                    let message = format!("the function takes {} arguments, {} are given", parameters.len(), arguments.len());
                    return self.error(Diagnostic::new(Code::WrongArguments, span, message).label("called here"));
                }
                for (argument, wanted) in arguments.iter().zip(parameters) {
                    self.want(argument, std::slice::from_ref(wanted));
                }
                (**result).clone()
            }
            Type::Any => Type::Any,
            other => {
                let message = format!("a {other} cannot be called");
                return self.error(Diagnostic::new(Code::TypeMismatch, callee.span, message).label("no function"));
            }
        };
        Expr { kind: Kind::Invoke(Box::new(callee), arguments), of, span }
    }

    fn unknown_function(&mut self, name: &str, span: Span) -> Expr {
        let near = nearest(name, builtins::all().map(|builtin| builtin.name));
        let mut problem = Diagnostic::new(Code::UnknownFunction, span, format!("no function `{name}`")).label("not a function");
        problem = match (name, near) {
            ("today" | "now", _) => problem.help("rules hear no clock: use `as_of`, `received_on` or `received_at`"),
            (_, Some(near)) => problem.help(format!("did you mean `{near}`?")),
            (_, None) => problem,
        };
        self.error(problem)
    }

    fn builtin(&mut self, builtin: &'static Builtin, name: Span, arguments: &Arguments, span: Span) -> Expr {
        let arguments = match arguments {
            Arguments::Positional(arguments) => arguments.iter().map(|argument| self.infer(argument)).collect(),
            Arguments::Named(named) => match self.by_name(builtin, name, named) {
                Ok(arguments) => arguments,
                Err(reported) => return reported,
            },
        };
        if let ("not", [only]) = (builtin.name, &arguments[..]) {
            self.want(only, &[Type::Boolean]);
            let only = only.clone();
            return boolean(Kind::Not(Box::new(only)), span);
        }
        self.known_members(builtin, &arguments);
        let types: Vec<Type> = arguments.iter().map(|argument| argument.of.clone()).collect();
        match builtin.check(&types) {
            Ok((_, of)) => Expr { kind: Kind::Call(builtin, arguments), of, span },
            Err(misfit) => self.misfit(builtin, misfit, &arguments, span),
        }
    }

    fn by_name(&mut self, builtin: &'static Builtin, span: Span, named: &[(ast::Spanned, ast::Expr)]) -> Result<Vec<Expr>, Expr> {
        let names: Vec<&str> = named.iter().map(|(name, _)| &*name.name).collect();
        let typed: Vec<Expr> = named.iter().map(|(_, argument)| self.infer(argument)).collect();
        match builtin.bind(&names) {
            Ok((_, order)) => {
                let argument = |at: Option<usize>| at.and_then(|at| typed.get(at).cloned()).unwrap_or_else(|| constant(Value::Null, span));
                Ok(order.into_iter().map(argument).collect())
            }
            Err(Unbound::Unknown(at)) => {
                let (name, place) = named.get(at).map_or(("", span), |(name, _)| (&*name.name, name.span));
                let message = format!("`{}` has no parameter `{name}`", builtin.name);
                Err(self.error(Diagnostic::new(Code::WrongArguments, place, message).label("no such parameter").help(usage(builtin))))
            }
            Err(Unbound::Missing(parameter)) => {
                let message = format!("`{}` lacks its argument `{parameter}`", builtin.name);
                Err(self.error(Diagnostic::new(Code::WrongArguments, span, message).label("called here").help(usage(builtin))))
            }
        }
    }

    /// `list contains(set, "code")`: the code must be one the set can have.
    fn known_members(&mut self, builtin: &Builtin, arguments: &[Expr]) {
        let (Some(list), Some(member)) = (arguments.first(), arguments.get(1)) else { return };
        if let ("list contains", Type::List(of), Kind::Constant(Value::Text(code))) = (builtin.name, list.of.without_null(), &member.kind)
            && let Type::Enumeration(codes) = &**of
            && !codes.contains(code)
        {
            let mut problem = Diagnostic::new(Code::UnknownValue, member.span, format!("`{code}` is none of the values")).label("not declared");
            if let Some(near) = nearest(code, codes.iter().map(|code| &**code)) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            self.of.report(problem);
        }
    }

    fn misfit(&mut self, builtin: &Builtin, misfit: Misfit, arguments: &[Expr], span: Span) -> Expr {
        let problem = match misfit {
            Misfit::Count => {
                let message = format!("`{}` does not take {} arguments", builtin.name, arguments.len());
                Diagnostic::new(Code::WrongArguments, span, message).label("called here").help(usage(builtin))
            }
            Misfit::Argument { index, parameter, expected } => {
                let given = arguments.get(index);
                let at = given.map_or(span, |given| given.span);
                if let Some(given) = given
                    && given.of.can_be_null()
                    && expected.accepts_type(given.of.without_null())
                {
                    let given = given.clone();
                    self.may_be_null(&given);
                    return Expr { kind: Kind::Constant(Value::Null), of: Type::Any, span };
                }
                let of = given.map_or(String::new(), |given| given.of.to_string());
                let message = format!("`{parameter}` of `{}` takes {expected}, this is {of}", builtin.name);
                Diagnostic::new(Code::WrongArguments, at, message).label(of).help(usage(builtin))
            }
            Misfit::Together => {
                let message = format!("the arguments of `{}` are not of one type", builtin.name);
                Diagnostic::new(Code::WrongArguments, span, message).label("called here").help(usage(builtin))
            }
        };
        self.error(problem)
    }
}

fn usage(builtin: &Builtin) -> String {
    let one = |signature: &builtins::Signature| {
        let parameters: Vec<String> = signature.parameters.iter().map(|parameter| format!("{}: {}", parameter.name, parameter.kind)).collect();
        format!("`{}({})`", builtin.name, parameters.join(", "))
    };
    format!("it is called as {}", builtin.signatures.iter().map(one).collect::<Vec<_>>().join(" or "))
}
