//! What a panic would say is said to nobody: WebAssembly has no place to write it, and the glue answers the trap. So each
//! function that would make words of a panic is one that traps, and wasm-opt removes what only they used.

use walrus::ir::{Instr, InstrLocId, Unreachable};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

use crate::reach::References;

/// Functions that do not return, by the ends of their mangled names.
const LAST_WORDS: &[&str] = &[
    "5alloc5alloc18handle_alloc_error",
    "5alloc7raw_vec17capacity_overflow",
    "3str16slice_error_fail",
    "3str19slice_error_fail_rt",
    "5slice5index16slice_index_fail",
    "4cell22panic_already_borrowed",
    "6option13expect_failed",
    "6option13unwrap_failed",
    "6result13unwrap_failed",
    "5local18panic_access_error",
    "17rust_begin_unwind",
];

/// A module all of whose functions do not return.
const PANICKING: &str = "4core9panicking";

/// Makes every function that begins a panic one that traps at once, and empties what is not reached then.
pub fn leave_without_words(module: &mut Module, references: Option<&References>) {
    let names = module.funcs.iter_local().filter_map(|(id, _)| Some((id, module.funcs.get(id).name.as_deref()?)));
    let begins_panic = |name: &str| name.contains(PANICKING) || LAST_WORDS.iter().any(|end| name.ends_with(end));
    let panics: Vec<_> = names.filter(|(_, name)| begins_panic(name)).map(|(id, _)| id).collect();
    for id in &panics {
        trap(module, *id);
    }
    for (_, function) in module.funcs.iter_local_mut() {
        end_at(function, &panics);
    }
    for of_the_linker in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(of_the_linker);
    }
    let Some(references) = references else { return };
    let functions: Vec<_> = module.funcs.iter().map(|function| function.id()).collect();
    let emptied: Vec<_> = functions.iter().enumerate().filter(|(_, id)| panics.contains(id)).map(|(index, _)| index).collect();
    let unreached = references.unreached(&emptied);
    for id in unreached.functions.iter().filter_map(|index| functions.get(*index)) {
        trap(module, *id);
    }
    let pieces: Vec<_> = module.data.iter().map(|piece| piece.id()).collect();
    for (piece, parts) in pieces.into_iter().zip(&unreached.data) {
        for part in parts {
            module.data.get_mut(piece).value.get_mut(part.clone()).unwrap_or_default().fill(0);
        }
    }
}

/// Ends each sequence at its first call of such a function, and where nothing is done but for that call. Who is told nothing
/// need not be told it; what is written to memory nobody reads after a trap.
fn end_at(function: &mut LocalFunction, panics: &[FunctionId]) {
    let mut open = vec![function.entry_block()];
    while let Some(id) = open.pop() {
        let sequence = &mut function.block_mut(id).instrs;
        if let Some(call) = sequence.iter().position(|(instruction, _)| matches!(instruction, Instr::Call(call) if panics.contains(&call.func))) {
            let only_for_it = sequence.iter().take(call).rev().take_while(|(instruction, _)| goes_straight_on(instruction)).count();
            sequence.truncate(call - only_for_it);
            sequence.push((Unreachable {}.into(), InstrLocId::default()));
        }
        for (instruction, _) in sequence {
            match instruction {
                Instr::Block(inner) => open.push(inner.seq),
                Instr::Loop(inner) => open.push(inner.seq),
                Instr::IfElse(inner) => open.extend([inner.consequent, inner.alternative]),
                _ => {}
            }
        }
    }
}

/// Whether the next instruction is carried out after this one and after no other.
fn goes_straight_on(instruction: &Instr) -> bool {
    use Instr::{Binop, Const, Load, LocalGet, LocalSet, LocalTee, Store, Unop};
    matches!(instruction, Binop(_) | Const(_) | Load(_) | LocalGet(_) | LocalSet(_) | LocalTee(_) | Store(_) | Unop(_))
}

fn trap(module: &mut Module, id: FunctionId) {
    let (parameters, results) = module.types.params_results(module.funcs.get(id).ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let arguments = parameters.iter().map(|of| module.locals.add(*of)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}
