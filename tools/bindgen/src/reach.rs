//! What a binary can still reach, from the relocations that the linker leaves when asked (`--emit-relocs`).
//!
//! The linker removed what nothing refers to. Functions that have become empty since refer to less: this follows every
//! reference from what is exported, through code and data, and says which functions and which bytes are left over.

use std::error::Error;
use std::ops::Range;

use wasmparser::{KnownCustom, Linking, Operator, Parser, Payload, RelocationType, SymbolInfo};

/// Where things are in a binary, and what they refer to.
#[derive(Default)]
pub struct References {
    imported: usize,
    /// The code of each function, from the beginning of their section.
    code: Vec<Range<usize>>,
    /// The section of data.
    data: Vec<u8>,
    /// The bytes of each piece of data, from the beginning of their section.
    pieces: Vec<Range<usize>>,
    symbols: Vec<Symbol>,
    from_code: Vec<Reference>,
    /// Calls: of what, and from where on nothing is done but for it.
    calls: Vec<(usize, Range<usize>)>,
    from_data: Vec<Reference>,
    /// Functions that a host can call.
    roots: Vec<usize>,
}

#[derive(Clone)]
enum Symbol {
    Function(usize),
    /// A piece of data and a part of it.
    Data(usize, Range<usize>),
    Other,
}

#[derive(Clone, Copy)]
struct Reference {
    at: usize,
    symbol: usize,
}

/// What nothing refers to any more.
pub struct Unreached {
    /// Functions, by their index.
    pub functions: Vec<usize>,
    /// Parts of each piece of data.
    pub data: Vec<Vec<Range<usize>>>,
}

impl References {
    /// Reads a binary; `None` if the linker left no relocations in it.
    ///
    /// # Errors
    /// If it is no WebAssembly.
    pub fn of(binary: &[u8]) -> Result<Option<References>, Box<dyn Error>> {
        let mut found = References::default();
        let (mut code_from, mut linked) = (0, false);
        for payload in Parser::new(0).parse_all(binary) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        found.imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_) | wasmparser::TypeRef::FuncExact(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        found.roots.extend(matches!(export.kind, wasmparser::ExternalKind::Func).then_some(export.index as usize));
                    }
                }
                Payload::StartSection { func, .. } => found.roots.push(func as usize),
                Payload::CodeSectionStart { range, .. } => code_from = range.start,
                Payload::CodeSectionEntry(body) => {
                    found.code.push(body.range().start - code_from..body.range().end - code_from);
                    let mut since = body.range().start - code_from;
                    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
                        let (operator, at) = operator?;
                        if let Operator::Call { function_index } = operator {
                            // The number of the function takes five bytes where there are relocations.
                            found.calls.push((function_index as usize, since..at - code_from + 6));
                        }
                        if !goes_straight_on(&operator) {
                            since = at - code_from + 1;
                        }
                    }
                }
                Payload::DataSection(data) => {
                    let section = binary.get(data.range()).unwrap_or_default();
                    let data_from = data.range().start;
                    for piece in data {
                        let piece = piece?;
                        let end = piece.range.end - data_from;
                        found.pieces.push(end - piece.data.len()..end);
                    }
                    found.data = section.to_vec();
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                found.symbols = symbols.into_iter().map(|symbol| symbol.map(symbol_of)).collect::<Result<_, _>>()?;
                                linked = true;
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        let entries = relocations.entries().into_iter().filter_map(|entry| match entry {
                            Ok(entry) if is_index_of_a_type(entry.ty) => None,
                            Ok(entry) => Some(Ok(Reference { at: entry.offset as usize, symbol: entry.index as usize })),
                            Err(error) => Some(Err(error)),
                        });
                        let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
                        entries.sort_by_key(|entry| entry.at);
                        match section.name() {
                            "reloc.CODE" => found.from_code = entries,
                            "reloc.DATA" => found.from_data = entries,
                            _ => {}
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok((linked && !found.from_code.is_empty()).then_some(found))
    }

    /// What is not reached from exports where some functions refer to nothing any more.
    pub fn unreached(&self, emptied: &[usize]) -> Unreached {
        let places = self.places_in_sources();
        let mut called = vec![false; self.imported + self.code.len()];
        let mut read = vec![false; self.symbols.len()];
        // What leads to a call of an emptied function and nowhere else refers to nothing: what it was to be told.
        let last: Vec<&Range<usize>> = self.calls.iter().filter(|(of, _)| emptied.contains(of)).map(|(_, range)| range).collect();
        let is_last = |at: usize| last.get(last.partition_point(|range| range.end <= at)).is_some_and(|range| range.contains(&at));
        let mut open: Vec<Symbol> = self.roots.iter().map(|root| Symbol::Function(*root)).collect();
        while let Some(symbol) = open.pop() {
            let (references, range, of_code) = match &symbol {
                Symbol::Function(index) => {
                    let Some(seen) = called.get_mut(*index) else { continue };
                    if std::mem::replace(seen, true) || emptied.contains(index) {
                        continue;
                    }
                    let body = index.checked_sub(self.imported).and_then(|at| self.code.get(at));
                    (&self.from_code, body.cloned().unwrap_or_default(), true)
                }
                Symbol::Data(piece, part) => {
                    let from = self.pieces.get(*piece).map_or(0, |piece| piece.start);
                    (&self.from_data, from + part.start..from + part.end, false)
                }
                Symbol::Other => continue,
            };
            let first = references.partition_point(|reference| reference.at < range.start);
            for reference in references.iter().skip(first).take_while(|reference| reference.at < range.end) {
                if of_code && is_last(reference.at) {
                    continue;
                }
                let Some(seen) = read.get_mut(reference.symbol) else { continue };
                if !std::mem::replace(seen, true) && !places.contains(&reference.symbol) {
                    open.extend(self.symbols.get(reference.symbol).cloned());
                }
            }
        }
        for place in &places {
            read.get_mut(*place).into_iter().for_each(|read| *read = false);
        }
        let functions = called.iter().enumerate().skip(self.imported).filter(|(_, called)| !**called).map(|(index, _)| index).collect();
        Unreached { functions, data: (0..self.pieces.len()).map(|piece| self.left_over(piece, &read)).collect() }
    }

    /// The symbols that are `core::panic::Location`s: the text of a path, its length, a line, a column. Who begins a panic is
    /// handed one, but only the words of the panic would have it read.
    fn places_in_sources(&self) -> Vec<usize> {
        let is_place = |symbol: &Symbol| {
            let Symbol::Data(piece, part) = symbol else { return None };
            let at = self.pieces.get(*piece)?.start + part.start;
            let words = self.data.get(at..)?.first_chunk::<16>().filter(|_| part.len() == 16)?;
            let length = u32::from_le_bytes(*words.get(4..)?.first_chunk()?) as usize;
            let inside = self.from_data.iter().filter(|reference| (at..at + 16).contains(&reference.at));
            let [path] = inside.collect::<Vec<_>>()[..] else { return None };
            let Symbol::Data(piece, part) = self.symbols.get(path.symbol)? else { return None };
            let start = self.pieces.get(*piece)?.start + part.start;
            (path.at == at && self.data.get(start..start + length)?.ends_with(b".rs")).then_some(())
        };
        self.symbols.iter().enumerate().filter(|(_, symbol)| is_place(symbol).is_some()).map(|(index, _)| index).collect()
    }

    /// The parts of a piece that only symbols nobody reads lie on.
    fn left_over(&self, piece: usize, read: &[bool]) -> Vec<Range<usize>> {
        let parts = |wanted: bool| {
            let of_piece = self.symbols.iter().zip(read).filter(move |(_, read)| **read == wanted);
            of_piece.filter_map(move |(symbol, _)| match symbol {
                Symbol::Data(of, part) if *of == piece => Some(part.clone()),
                _ => None,
            })
        };
        let length = self.pieces.get(piece).map_or(0, Range::len);
        let mut unread = vec![false; length];
        for (value, part) in parts(false).map(|part| (true, part)).chain(parts(true).map(|part| (false, part))) {
            unread.get_mut(part).unwrap_or_default().fill(value);
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in unread.iter().enumerate().filter(|(_, unread)| **unread).map(|(at, _)| at) {
            match found.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
        found
    }
}

/// Whether the next operator is carried out after this one and after no other.
fn goes_straight_on(operator: &Operator) -> bool {
    use Operator::{
        I32Add, I32And, I32Const, I32Load, I32Load8U, I32Load16U, I32Mul, I32Or, I32Shl, I32ShrU, I32Store, I32Store8, I32Store16, I32Sub, I64Const, I64Load, I64Or,
        I64Store, LocalGet, LocalSet, LocalTee,
    };
    matches!(
        operator,
        I32Add | I32And | I32Const { .. } | I32Load { .. } | I32Load8U { .. } | I32Load16U { .. } | I32Mul | I32Or | I32Shl | I32ShrU | I32Store { .. }
            | I32Store8 { .. } | I32Store16 { .. } | I32Sub | I64Const { .. } | I64Load { .. } | I64Or | I64Store { .. } | LocalGet { .. } | LocalSet { .. }
            | LocalTee { .. }
    )
}

fn symbol_of(symbol: SymbolInfo<'_>) -> Symbol {
    match symbol {
        SymbolInfo::Func { index, .. } => Symbol::Function(index as usize),
        SymbolInfo::Data { symbol: Some(defined), .. } => {
            Symbol::Data(defined.index as usize, defined.offset as usize..(defined.offset + defined.size) as usize)
        }
        _ => Symbol::Other,
    }
}

/// The index of such a relocation is that of a type and no symbol.
fn is_index_of_a_type(relocation: RelocationType) -> bool {
    relocation == RelocationType::TypeIndexLeb
}
