//! `#[derive(Bundled)]`: how a type is written in a bundle and read from it, made from its declaration.
//!
//! A struct is its fields, an enumeration the number of its variant and the fields of that, both in the order they are
//! declared. A field with `#[bundled(skip)]` is not written and has its default when it is read.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Error, Field, Fields, Result, Variant, parse_macro_input};

/// Implements `crate::bundled::Bundled`.
#[proc_macro_derive(Bundled, attributes(bundled))]
pub fn bundled(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    implementation(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn implementation(input: &DeriveInput) -> Result<TokenStream> {
    let (write, read) = match &input.data {
        Data::Struct(data) => {
            let whole = Members::of(&quote!(Self), &data.fields)?;
            let Members { pattern, write, read } = whole;
            (quote!(let #pattern = self; #write), read)
        }
        Data::Enum(data) => enumeration(&data.variants.iter().collect::<Vec<_>>())?,
        Data::Union(_) => return Err(Error::new_spanned(&input.ident, "a union is not written in a bundle")),
    };
    let name = &input.ident;
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(crate::bundled::Bundled));
    }
    let (parameters, arguments, conditions) = generics.split_for_impl();
    Ok(quote! {
        impl #parameters crate::bundled::Bundled for #name #arguments #conditions {
            fn write(&self, to: &mut crate::bundled::Writer) {
                #write
            }

            fn read(from: &mut crate::bundled::Reader<'_>) -> Self {
                #read
            }
        }
    })
}

/// A number no variant has is damage, and is read as the first.
fn enumeration(variants: &[&Variant]) -> Result<(TokenStream, TokenStream)> {
    let (mut written, mut read) = (Vec::new(), Vec::new());
    for (number, variant) in (0_u64..).zip(variants) {
        let name = &variant.ident;
        let members = Members::of(&quote!(Self::#name), &variant.fields)?;
        let Members { pattern, write, read: made } = members;
        written.push(quote!(#pattern => { to.number(#number); #write }));
        read.push(if number == 0 { quote!(_ => #made) } else { quote!(#number => #made) });
    }
    read.rotate_left(1);
    let count = variants.len() as u64;
    Ok((quote!(match self { #(#written)* }), quote!(match from.variant(#count) { #(#read,)* })))
}

/// The fields of a struct or of a variant.
struct Members {
    pattern: TokenStream,
    write: TokenStream,
    read: TokenStream,
}

impl Members {
    fn of(path: &TokenStream, fields: &Fields) -> Result<Members> {
        let (mut names, mut write, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for (number, field) in fields.iter().enumerate() {
            let held = format_ident!("field_{number}");
            let skipped = is_skipped(field)?;
            let value = if skipped { quote!(Default::default()) } else { quote!(crate::bundled::Bundled::read(from)) };
            if !skipped {
                write.push(quote!(crate::bundled::Bundled::write(#held, to);));
            }
            let place = field.ident.as_ref().map(|name| quote!(#name:));
            let held = if skipped { quote!(_) } else { quote!(#held) };
            values.push(quote!(#place #value));
            names.push(quote!(#place #held));
        }
        let (pattern, read) = match fields {
            Fields::Named(_) => (quote!(#path { #(#names),* }), quote!(#path { #(#values),* })),
            Fields::Unnamed(_) => (quote!(#path(#(#names),*)), quote!(#path(#(#values),*))),
            Fields::Unit => (path.clone(), path.clone()),
        };
        Ok(Members { pattern, write: quote!(#(#write)*), read })
    }
}

fn is_skipped(field: &Field) -> Result<bool> {
    let mut skipped = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("bundled")) {
        attribute.parse_nested_meta(|meta| {
            skipped = meta.path.is_ident("skip");
            if skipped { Ok(()) } else { Err(meta.error("only `skip` is known")) }
        })?;
    }
    Ok(skipped)
}
