//! What refers to what in a linked module, read from the relocations that the linker leaves in it (`--emit-relocs`).
//!
//! A module by itself doesn't tell: a function's address is a number like any other, in code and in data. A relocation says which bytes
//! are an address, and of what. Each is held against the bytes it stands for, so a module whose relocations no longer fit it (another
//! tool has rewritten it since) is refused and never split wrongly.
//!
//! The format: <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>. Knows nothing of why a module is split.

use std::collections::HashMap;
use std::ops::Range;

use wasmparser::{
    BinaryReader, DataKind, ElementItems, ElementKind, ExternalKind, KnownCustom, Linking, Operator, Parser, Payload,
    RelocationEntry, RelocationType, SymbolInfo, TypeRef,
};

pub type Outcome<T> = Result<T, String>;

/// A function by its index in the module, or a piece of data by its number in [`Links::pieces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    Function(u32),
    Data(u32),
}

/// A reference: from where, to what, and whether it is a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// `None`: data that belongs to no symbol.
    pub from: Option<Item>,
    pub to: Item,
    pub is_call: bool,
}

/// A linked module's references.
#[derive(Debug, Default)]
pub struct Links {
    pub links: Vec<Link>,
    /// The addresses in memory that each data symbol takes; they may overlap.
    pub pieces: Vec<Range<u32>>,
    /// Exported functions by their names.
    pub exports: Vec<(String, u32)>,
    /// Imported functions by their names: those of the lowest indices, in order.
    pub imports: Vec<String>,
    pub start: Option<u32>,
}

/// A module as it lies in a file.
#[derive(Default)]
struct Layout<'a> {
    code: usize,
    bodies: Vec<Range<usize>>,
    data: usize,
    /// Where each data segment lies in the file, and its address in memory.
    segments: Vec<(Range<usize>, u32)>,
    slots: HashMap<u32, u32>,
    symbols: Vec<Symbol>,
    relocations: Vec<(bool, RelocationEntry)>,
    links: Links,
    wasm: &'a [u8],
}

#[derive(Clone, Copy)]
enum Symbol {
    Function(u32),
    Data { piece: u32, address: u32 },
    Other,
}

/// Reads a module's references; `None` if the linker left no relocations in it.
pub fn read(wasm: &[u8]) -> Outcome<Option<Links>> {
    let mut layout = Layout { wasm, ..Layout::default() };
    for payload in Parser::new(0).parse_all(wasm) {
        layout.take(payload.map_err(told)?)?;
    }
    if layout.relocations.is_empty() {
        return Ok(None);
    }
    for (in_code, entry) in std::mem::take(&mut layout.relocations) {
        layout.resolve(in_code, &entry)?;
    }
    Ok(Some(layout.links))
}

fn told(error: wasmparser::BinaryReaderError) -> String {
    format!("the module can't be read: {error}")
}

impl Layout<'_> {
    fn take(&mut self, payload: Payload) -> Outcome<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(told)?;
                    if let TypeRef::Func(_) = import.ty {
                        self.links.imports.push(import.name.to_owned());
                    }
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.map_err(told)?;
                    if export.kind == ExternalKind::Func {
                        self.links.exports.push((export.name.to_owned(), export.index));
                    }
                }
            }
            Payload::StartSection { func, .. } => self.links.start = Some(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.element(&element.map_err(told)?)?;
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code = range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(segments) => {
                self.data = segments.range().start;
                for segment in segments {
                    let segment = segment.map_err(told)?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        return Err("a data segment has no place of its own".to_owned());
                    };
                    let range = segment.range.end - segment.data.len()..segment.range.end;
                    self.segments.push((range, constant(offset_expr.get_operators_reader().read())?));
                }
            }
            Payload::CustomSection(section) => match (section.name(), section.as_known()) {
                (_, KnownCustom::Linking(linking)) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part.map_err(told)? {
                            for symbol in symbols {
                                let symbol = self.symbol(&symbol.map_err(told)?)?;
                                self.symbols.push(symbol);
                            }
                        }
                    }
                }
                (name @ ("reloc.CODE" | "reloc.DATA"), KnownCustom::Reloc(relocations)) => {
                    for entry in relocations.entries() {
                        self.relocations.push((name == "reloc.CODE", entry.map_err(told)?));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: &wasmparser::Element) -> Outcome<()> {
        let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            return Err("the table is not filled with functions at fixed places".to_owned());
        };
        let first = constant(offset_expr.get_operators_reader().read())?;
        for (slot, function) in (first..).zip(functions.clone()) {
            self.slots.insert(slot, function.map_err(told)?);
        }
        Ok(())
    }

    fn symbol(&mut self, symbol: &SymbolInfo) -> Outcome<Symbol> {
        Ok(match symbol {
            SymbolInfo::Func { index, .. } => Symbol::Function(*index),
            SymbolInfo::Data { symbol: Some(place), .. } => {
                let (_, start) = self.segments.get(place.index as usize).ok_or("a symbol lies in no data segment")?;
                let (piece, address) = (self.links.pieces.len() as u32, start + place.offset);
                self.links.pieces.push(address..address + place.size);
                Symbol::Data { piece, address }
            }
            _ => Symbol::Other,
        })
    }

    /// Makes links of one relocation, once it is certain that the bytes there are the address.
    fn resolve(&mut self, in_code: bool, entry: &RelocationEntry) -> Outcome<()> {
        use RelocationType as T;
        if matches!(entry.ty, T::TypeIndexLeb | T::GlobalIndexLeb | T::TableNumberLeb) {
            return Ok(());
        }
        let at = entry.offset as usize + if in_code { self.code } else { self.data };
        let bytes = self.wasm.get(at..).ok_or("a relocation lies outside of the module")?;
        let mut reader = BinaryReader::new(bytes, 0);
        let value = match entry.ty {
            T::FunctionIndexLeb | T::MemoryAddrLeb => reader.read_var_u32(),
            T::TableIndexSleb | T::MemoryAddrSleb => reader.read_var_i32().map(i32::cast_unsigned),
            T::TableIndexI32 | T::MemoryAddrI32 => reader.read_u32(),
            other => return Err(format!("a relocation of the kind {other:?} is not known here")),
        };
        let value = value.map_err(told)?;
        let symbol = self.symbols.get(entry.index as usize).ok_or("a relocation names no symbol")?;
        let (to, fits) = match (*symbol, entry.ty) {
            (Symbol::Function(index), T::FunctionIndexLeb) => (Item::Function(index), index == value),
            (Symbol::Function(index), T::TableIndexSleb | T::TableIndexI32) => {
                (Item::Function(index), self.slots.get(&value) == Some(&index))
            }
            (Symbol::Data { piece, address }, T::MemoryAddrLeb | T::MemoryAddrSleb | T::MemoryAddrI32) => {
                (Item::Data(piece), i64::from(address) + entry.addend == i64::from(value.cast_signed()))
            }
            _ => return Err(format!("a relocation of the kind {:?} names another kind of thing", entry.ty)),
        };
        if !fits {
            return Err(format!("the relocation at byte {at} doesn't fit the module: it was changed after linking"));
        }
        let is_call = entry.ty == T::FunctionIndexLeb;
        let links = self.holders(in_code, at)?.into_iter().map(|from| Link { from, to, is_call });
        self.links.links.extend(links.collect::<Vec<_>>());
        Ok(())
    }

    /// What holds this byte of the file: a function, or the data symbols there.
    fn holders(&self, in_code: bool, at: usize) -> Outcome<Vec<Option<Item>>> {
        if in_code {
            let after = self.bodies.partition_point(|body| body.start <= at);
            let body = after.checked_sub(1).filter(|body| self.bodies[*body].contains(&at));
            let index = body.ok_or("a relocation lies between two functions")? + self.links.imports.len();
            return Ok(vec![Some(Item::Function(index as u32))]);
        }
        let segment = self.segments.iter().find(|(file, _)| file.contains(&at));
        let (file, address) = segment.ok_or("a relocation lies between two data segments")?;
        let address = address + (at - file.start) as u32;
        let holds = |piece: &u32| self.links.pieces[*piece as usize].contains(&address);
        let found: Vec<_> =
            (0..self.links.pieces.len() as u32).filter(holds).map(|piece| Some(Item::Data(piece))).collect();
        Ok(if found.is_empty() { vec![None] } else { found })
    }
}

/// The number of a constant expression.
fn constant(operator: wasmparser::Result<Operator>) -> Outcome<u32> {
    match operator.map_err(told)? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => Err(format!("an offset is no plain number but {other:?}")),
    }
}
