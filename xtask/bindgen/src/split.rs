//! Makes two modules of one: what the page begins with, and what it fetches later.
//!
//! Both share memory, function table and stack pointer. The first keeps each split point as a function that calls, through a place of its
//! own in the table, what the second puts there; until then such a call traps, so the page asks first (`src/ui/late.rs`). The second takes
//! what it needs of the first, its imports included, from the table too, at places behind all others. Loading it fills its
//! places in the table and its data in memory; what it exports is for scripts.
//!
//! This happens before wasm-bindgen's own work, which sees the first module alone. Existing programs for it (`wasm_split_cli_support`, of
//! 4 700 lines and 40 crates more to compile) bring scripts that import files, which the single file can't have.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, ImportedFunction, MemoryId, Module, ModuleConfig, TableId,
};

use crate::links::{self, Outcome};
use crate::reach::{self, EXPORTED, Late};

/// The names under which the first module shows, and the second takes, what they share; see `static/late.js`.
const TABLE: &str = "late_table";
const STACK: &str = "late_stack";
const MEMORY: &str = "memory";
/// The module that the second one's imports are said to be of.
const FROM: &str = "first";
/// Zeros in a row that are worth a segment less: memory is zero anyway.
const ZEROS: usize = 32;

/// A module in two.
pub struct Halves {
    pub first: Vec<u8>,
    pub late: Vec<u8>,
}

/// Splits a module; `None` if it has no split points or the linker left no relocations.
pub fn split(wasm: &[u8]) -> Outcome<Option<Halves>> {
    let Some(links) = links::read(wasm)? else { return Ok(None) };
    let Some(late) = reach::divide(&links)? else { return Ok(None) };
    let mut first = Half::read(wasm)?;
    let places = Places::new(&first, &late);
    first.without_late(&late, &places)?;
    let mut second = Half::read(wasm)?;
    second.only_late(&late, &places)?;
    Ok(Some(Halves { first: first.module.emit_wasm(), late: second.module.emit_wasm() }))
}

/// Where in the table things are.
struct Places {
    /// The address-taken functions, as the linker placed them.
    linked: HashMap<u32, usize>,
    /// The split points' own places begin here, and the first module's functions for the second follow.
    split: u32,
    shared: u32,
    end: u32,
}

impl Places {
    fn new(half: &Half, late: &Late) -> Places {
        let index: HashMap<FunctionId, usize> = half.functions.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut linked = HashMap::new();
        for element in half.module.elements.iter() {
            if let (
                ElementKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. },
                ElementItems::Functions(ids),
            ) = (&element.kind, &element.items)
            {
                linked.extend((offset.cast_unsigned()..).zip(ids.iter().map(|id| index[id])));
            }
        }
        let split = half.module.tables.get(half.table).initial as u32;
        let shared = split + late.split.len() as u32;
        Places { linked, split, shared, end: shared + late.calls.len() as u32 }
    }
}

/// One parse of the whole module, on its way to be one of the two.
struct Half {
    module: Module,
    /// By their indices.
    functions: Vec<FunctionId>,
    memory: MemoryId,
    table: TableId,
    stack: GlobalId,
}

impl Half {
    fn read(wasm: &[u8]) -> Outcome<Half> {
        let functions = Arc::new(Mutex::new(Vec::new()));
        let found = functions.clone();
        let mut config = ModuleConfig::new();
        config.strict_validate(false).generate_producers_section(true).on_parse(move |module, ids| {
            let count = module.funcs.iter().count() as u32;
            *found.lock().expect("nothing panics with it") =
                (0..count).map(|index| ids.get_func(index)).collect::<Result<_, _>>()?;
            Ok(())
        });
        let mut module = config.parse(wasm).map_err(|error| format!("the module can't be read: {error:#}"))?;
        for name in ["linking", "reloc.CODE", "reloc.DATA"] {
            module.customs.remove_raw(name);
        }
        let functions = functions.lock().expect("nothing panics with it").clone();
        let memory = module.memories.iter().next().ok_or("the module has no memory")?.id();
        let table = module.tables.iter().next().ok_or("the module has no table")?.id();
        let mutable: Vec<_> = module.globals.iter().filter(|global| global.mutable).map(walrus::Global::id).collect();
        let [stack] = mutable[..] else {
            return Err("the stack pointer is not the one global that changes".to_owned());
        };
        Ok(Half { module, functions, memory, table, stack })
    }

    fn ids(&self, indices: &[u32]) -> Vec<FunctionId> {
        indices.iter().map(|index| self.functions[*index as usize]).collect()
    }

    /// The first module: late functions become nothing, split points calls through the table.
    fn without_late(&mut self, late: &Late, places: &Places) -> Outcome<()> {
        let marked = self.module.exports.iter().filter(|export| reach::is_marked(&export.name));
        for id in marked.map(walrus::Export::id).collect::<Vec<_>>() {
            self.module.exports.delete(id);
        }
        for (slot, id) in (places.split..).zip(self.ids(&late.split)) {
            self.module.funcs.get_mut(id).kind = FunctionKind::Local(self.through_the_table(id, slot));
        }
        let moved: HashSet<FunctionId> = self.ids(&late.functions).into_iter().collect();
        let split: HashSet<FunctionId> = self.ids(&late.split).into_iter().collect();
        let trap = self.trap();
        for element in self.module.elements.iter_mut() {
            if let ElementItems::Functions(ids) = &mut element.items {
                for id in ids.iter_mut().filter(|id| moved.contains(id) && !split.contains(id)) {
                    *id = trap;
                }
            }
        }
        let changing: HashSet<FunctionId> = self.ids(&late.changing).into_iter().collect();
        let calls = self.ids(&late.calls).into_iter();
        let shared = calls.map(|id| if changing.contains(&id) { self.behind(id) } else { id }).collect();
        self.fill(places.shared, shared);
        let table = self.module.tables.get_mut(self.table);
        (table.initial, table.maximum) = (places.end.into(), Some(places.end.into()));
        self.module.exports.add(TABLE, ExportItem::Table(self.table));
        self.module.exports.add(STACK, ExportItem::Global(self.stack));
        self.replace_data(|data| cut(data, &late.data));
        walrus::passes::gc::run(&mut self.module);
        // The same seen by calls and table alone, without the relocations.
        match self
            .module
            .funcs
            .iter()
            .find(|function| moved.contains(&function.id()) && !split.contains(&function.id()))
        {
            Some(function) => Err(format!("the first module still needs {:?}", function.name)),
            None => Ok(()),
        }
    }

    /// The second module: what is not late is imported.
    fn only_late(&mut self, late: &Late, places: &Places) -> Outcome<()> {
        let own = self.module.exports.iter().filter(|export| !export.name.starts_with(EXPORTED));
        for id in own.map(walrus::Export::id).collect::<Vec<_>>() {
            self.module.exports.delete(id);
        }
        self.module.start = None;
        for id in self.module.customs.iter().map(|(id, _)| id).collect::<Vec<_>>() {
            self.module.customs.delete(id);
        }
        for (slot, id) in (places.shared..).zip(self.ids(&late.calls)) {
            if let FunctionKind::Import(own) = &self.module.funcs.get(id).kind {
                self.module.imports.delete(own.import);
            }
            let import = self.module.imports.add(FROM, &slot.to_string(), id);
            let ty = self.module.funcs.get(id).ty();
            self.module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        for (name, kind) in [(MEMORY, self.memory.into()), (TABLE, self.table.into()), (STACK, self.stack.into())] {
            let kind: walrus::ImportKind = kind;
            let import = self.module.imports.add(FROM, name, kind.clone());
            match kind {
                walrus::ImportKind::Memory(id) => self.module.memories.get_mut(id).import = Some(import),
                walrus::ImportKind::Table(id) => self.module.tables.get_mut(id).import = Some(import),
                walrus::ImportKind::Global(id) => self.module.globals.get_mut(id).kind = GlobalKind::Import(import),
                _ => {}
            }
        }
        for id in self.module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
            self.module.elements.delete(id);
        }
        let table = self.module.tables.get_mut(self.table);
        table.elem_segments.clear();
        (table.initial, table.maximum) = (places.end.into(), None);
        let moved: HashSet<u32> = late.functions.iter().copied().filter(|index| !late.split.contains(index)).collect();
        let mut slots: Vec<(u32, u32)> = places
            .linked
            .iter()
            .map(|(slot, index)| (*slot, *index as u32))
            .filter(|(_, index)| moved.contains(index))
            .collect();
        slots.extend((places.split..).zip(late.split.iter().copied()));
        slots.sort_unstable();
        for run in slots.chunk_by(|one, next| one.0 + 1 == next.0) {
            let indices: Vec<u32> = run.iter().map(|(_, index)| *index).collect();
            self.fill(run[0].0, self.ids(&indices));
        }
        self.replace_data(|data| pick(data, &late.data));
        walrus::passes::gc::run(&mut self.module);
        match self.module.imports.iter().find(|import| import.module != FROM) {
            Some(import) => Err(format!("the second module would need {} of {}", import.name, import.module)),
            None => Ok(()),
        }
    }

    /// Puts functions into the table, from this place on.
    fn fill(&mut self, first: u32, ids: Vec<FunctionId>) {
        let offset = ConstExpr::Value(Value::I32(first.cast_signed()));
        let kind = ElementKind::Active { table: self.table, offset };
        let element = self.module.elements.add(kind, ElementItems::Functions(ids));
        self.module.tables.get_mut(self.table).elem_segments.insert(element);
    }

    /// A function like this one that calls what is at a place in the table.
    fn through_the_table(&mut self, id: FunctionId, slot: u32) -> walrus::LocalFunction {
        let (ty, table) = (self.module.funcs.get(id).ty(), self.table);
        self.forwarding(ty, |body| {
            body.i32_const(slot.cast_signed()).call_indirect(ty, table);
        })
    }

    /// What stands in the table for a function that wasm-bindgen will give another form: one that calls it.
    fn behind(&mut self, id: FunctionId) -> FunctionId {
        let ty = self.module.funcs.get(id).ty();
        let forward = self.forwarding(ty, |body| {
            body.call(id);
        });
        self.module.funcs.add_local(forward)
    }

    fn forwarding(
        &mut self,
        ty: walrus::TypeId,
        call: impl FnOnce(&mut walrus::InstrSeqBuilder),
    ) -> walrus::LocalFunction {
        let (params, results) = self.module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut builder = FunctionBuilder::new(&mut self.module.types, &params, &results);
        let args: Vec<_> = params.iter().map(|param| self.module.locals.add(*param)).collect();
        let mut body = builder.func_body();
        for arg in &args {
            body.local_get(*arg);
        }
        call(&mut body);
        builder.local_func(args)
    }

    /// A function that traps, for the places of late functions.
    fn trap(&mut self) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut self.module.types, &[], &[]);
        builder.func_body().unreachable();
        builder.finish(Vec::new(), &mut self.module.funcs)
    }

    /// Makes each data segment anew, in as many as `change` makes of it: bytes at their addresses.
    fn replace_data(&mut self, change: impl Fn((u32, Vec<u8>)) -> Vec<(u32, Vec<u8>)>) {
        let mut old = Vec::new();
        for data in self.module.data.iter() {
            if let DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } = data.kind {
                old.push((data.id(), (offset.cast_unsigned(), data.value.clone())));
            }
        }
        for (id, data) in old {
            self.module.data.delete(id);
            self.module.memories.get_mut(self.memory).data_segments.remove(&id);
            for (address, bytes) in change(data) {
                let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
                let id = self.module.data.add(DataKind::Active { memory: self.memory, offset }, bytes);
                self.module.memories.get_mut(self.memory).data_segments.insert(id);
            }
        }
    }
}

/// A segment without these addresses.
fn cut((address, mut bytes): (u32, Vec<u8>), late: &[Range<u32>]) -> Vec<(u32, Vec<u8>)> {
    let end = address + bytes.len() as u32;
    for range in late.iter().filter(|range| range.start >= address && range.end <= end) {
        bytes[(range.start - address) as usize..(range.end - address) as usize].fill(0);
    }
    dense(address, &bytes)
}

/// What a segment has at these addresses.
fn pick((address, bytes): (u32, Vec<u8>), late: &[Range<u32>]) -> Vec<(u32, Vec<u8>)> {
    let end = address + bytes.len() as u32;
    let own = late.iter().filter(|range| range.start >= address && range.end <= end);
    own.flat_map(|range| dense(range.start, &bytes[(range.start - address) as usize..(range.end - address) as usize]))
        .collect()
}

/// The same bytes without long rows of zeros.
fn dense(address: u32, bytes: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|byte| *byte != 0).map(|offset| at + offset) {
        let zeros = bytes[start..].windows(ZEROS).position(|window| window.iter().all(|byte| *byte == 0));
        let end = zeros.map_or(bytes.len(), |offset| start + offset);
        out.push((address + start as u32, bytes[start..end].to_vec()));
        at = end;
    }
    out
}

#[cfg(test)]
mod tests;
