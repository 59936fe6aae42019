//! The types of results, computed from the types of arguments that fit one by one.

use crate::value::Type;

pub(super) fn boolean(_: &[Type]) -> Option<Type> {
    Some(Type::Boolean)
}

pub(super) fn number(_: &[Type]) -> Option<Type> {
    Some(Type::Number)
}

pub(super) fn text(_: &[Type]) -> Option<Type> {
    Some(Type::Text)
}

pub(super) fn date(_: &[Type]) -> Option<Type> {
    Some(Type::Date)
}

pub(super) fn months(_: &[Type]) -> Option<Type> {
    Some(Type::Months)
}

pub(super) fn time(_: &[Type]) -> Option<Type> {
    Some(Type::Time)
}

pub(super) fn date_time(_: &[Type]) -> Option<Type> {
    Some(Type::DateTime)
}

pub(super) fn any(_: &[Type]) -> Option<Type> {
    Some(Type::Any)
}

pub(super) fn maybe_texts(_: &[Type]) -> Option<Type> {
    Some(Type::List(Box::new(Type::Text)).optional())
}

pub(super) fn maybe_boolean(_: &[Type]) -> Option<Type> {
    Some(Type::Boolean.optional())
}

pub(super) fn maybe_number(_: &[Type]) -> Option<Type> {
    Some(Type::Number.optional())
}

pub(super) fn maybe_text(_: &[Type]) -> Option<Type> {
    Some(Type::Text.optional())
}

pub(super) fn maybe_date(_: &[Type]) -> Option<Type> {
    Some(Type::Date.optional())
}

pub(super) fn maybe_time(_: &[Type]) -> Option<Type> {
    Some(Type::Time.optional())
}

pub(super) fn maybe_date_time(_: &[Type]) -> Option<Type> {
    Some(Type::DateTime.optional())
}

/// The type of the first argument.
pub(super) fn same(arguments: &[Type]) -> Option<Type> {
    arguments.first().cloned()
}

/// The type of the first argument, or null.
pub(super) fn maybe_same(arguments: &[Type]) -> Option<Type> {
    Some(arguments.first()?.clone().optional())
}

/// The type of the elements of the first argument, or null: an empty list has none.
pub(super) fn maybe_element(arguments: &[Type]) -> Option<Type> {
    Some(element(arguments.first()?).optional())
}

/// The one type that all arguments have.
pub(super) fn one_type(arguments: &[Type]) -> Option<Type> {
    let (first, rest) = arguments.split_first()?;
    rest.iter().try_fold(first.clone(), |so_far, next| match so_far.join(next) {
        Type::Any if so_far != Type::Any && *next != Type::Any => None,
        joined => Some(joined),
    })
}

/// Boolean, if the second argument can be an element of the first.
pub(super) fn boolean_of_element(arguments: &[Type]) -> Option<Type> {
    comparable(arguments).then_some(Type::Boolean)
}

/// A list of numbers, if the second argument can be an element of the first.
pub(super) fn positions_of_element(arguments: &[Type]) -> Option<Type> {
    comparable(arguments).then(|| Type::List(Box::new(Type::Number)))
}

/// A list that holds the elements of the first argument and all others.
pub(super) fn list_with_items(arguments: &[Type]) -> Option<Type> {
    let (list, items) = arguments.split_first()?;
    Some(list_of(items.iter().fold(element(list), |so_far, item| so_far.join(item))))
}

/// A list that holds the elements of the first argument and the third; or null.
pub(super) fn maybe_list_with_new_item(arguments: &[Type]) -> Option<Type> {
    let (list, item) = (arguments.first()?, arguments.get(2)?);
    Some(list_of(element(list).join(item)).optional())
}

/// A list that holds the elements of all arguments.
pub(super) fn list_of_all(arguments: &[Type]) -> Option<Type> {
    let (first, rest) = arguments.split_first()?;
    Some(list_of(rest.iter().fold(element(first), |so_far, list| so_far.join(&element(list)))))
}

/// A list of what is in the first argument once no element is a list.
pub(super) fn flat(arguments: &[Type]) -> Option<Type> {
    let mut of = arguments.first()?;
    while let Type::List(inner) = of {
        of = inner;
    }
    Some(list_of(of.clone()))
}

fn comparable(arguments: &[Type]) -> bool {
    let (Some(list), Some(item)) = (arguments.first(), arguments.get(1)) else { return false };
    let (element, item) = (element(list), item.without_null());
    let element = element.without_null();
    *element == Type::Any || *item == Type::Any || *item == Type::Null || element.join(item) != Type::Any
}

fn element(list: &Type) -> Type {
    match list {
        Type::List(of) => (**of).clone(),
        _ => Type::Any,
    }
}

fn list_of(element: Type) -> Type {
    Type::List(Box::new(element))
}
