//! A small module in two.

use walrus::{RefType, ValType};

use super::*;

/// An import (0), an exported function (1) that calls a split point (2), which calls a late one (3), whose address is in the table, and the
/// import.
fn whole() -> Vec<u8> {
    let mut module = Module::default();
    let memory = module.memories.add_local(false, false, 2, None, None);
    module.exports.add("memory", memory);
    module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(1024)));
    let table = module.tables.add_local(false, 2, Some(2), RefType::FUNCREF);
    let ty = module.types.add(&[ValType::I32], &[ValType::I32]);
    let (import, _) = module.add_import_func("bindgen", "text", ty);
    let calling = |module: &mut Module, callee: FunctionId| {
        let arg = module.locals.add(ValType::I32);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        builder.func_body().local_get(arg).call(callee);
        builder.finish(vec![arg], &mut module.funcs)
    };
    let late = calling(&mut module, import);
    let split = calling(&mut module, late);
    let first = calling(&mut module, split);
    module.exports.add("main", first);
    module.exports.add("late:dialog", split);
    let offset = ConstExpr::Value(Value::I32(1));
    let kind = ElementKind::Active { table, offset };
    let element = module.elements.add(kind, ElementItems::Functions(vec![late]));
    module.tables.get_mut(table).elem_segments.insert(element);
    let offset = ConstExpr::Value(Value::I32(1024));
    let data = module.data.add(DataKind::Active { memory, offset }, b"first, late".to_vec());
    module.memories.get_mut(memory).data_segments.insert(data);
    module.emit_wasm()
}

fn halves() -> (Module, Module) {
    let wasm = whole();
    let (mut first, mut second) = (Half::read(&wasm).expect("a module"), Half::read(&wasm).expect("a module"));
    let index = |name: &str| {
        let id = first.module.exports.get_func(name).expect("it is exported");
        first.functions.iter().position(|own| *own == id).expect("it is there") as u32
    };
    let split = index("late:dialog");
    let ElementItems::Functions(ids) = &first.module.elements.iter().next().expect("one").items else {
        panic!("functions")
    };
    let taken = first.functions.iter().position(|own| own == &ids[0]).expect("it is there") as u32;
    let mut functions = vec![split, taken];
    functions.sort_unstable();
    let late = Late {
        split: vec![split],
        functions,
        calls: vec![0],
        changing: vec![0],
        data: vec![Range { start: 1031, end: 1035 }],
    };
    let places = Places::new(&first, &late);
    first.without_late(&late, &places).expect("the first module");
    second.only_late(&late, &places).expect("the second module");
    let sound = |module: &mut Module| {
        let bytes = module.emit_wasm();
        wasmparser::validate(&bytes).expect("it is valid");
        Module::from_buffer(&bytes).expect("it can be read")
    };
    (sound(&mut first.module), sound(&mut second.module))
}

#[test]
fn the_first_module_calls_through_the_table() {
    let (first, _) = halves();
    let names: Vec<&str> = first.exports.iter().map(|export| export.name.as_str()).collect();
    assert_eq!(names, ["memory", "main", TABLE, STACK]);
    let table = first.tables.iter().next().expect("a table");
    // One place of the linker's, one of the split point, one of the import.
    assert_eq!((table.initial, table.maximum), (4, Some(4)));
    let data: Vec<_> = first.data.iter().map(|data| data.value.clone()).collect();
    assert_eq!(data, [b"first, \0\0\0\0".to_vec()]);
    // The import, main, the split point as a call through the table, what traps, and what stands for the import.
    assert_eq!(first.funcs.iter().count(), 5);
}

#[test]
fn the_second_module_takes_the_rest_from_the_first() {
    let (_, second) = halves();
    let mut names: Vec<(&str, &str)> = second.imports.iter().map(|i| (i.module.as_str(), i.name.as_str())).collect();
    names.sort_unstable();
    assert_eq!(names, [(FROM, "3"), (FROM, TABLE), (FROM, MEMORY)]);
    let mut places: Vec<i32> = second
        .elements
        .iter()
        .map(|element| match element.kind {
            ElementKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } => at,
            _ => panic!("a place in the table"),
        })
        .collect();
    places.sort_unstable();
    // Next to each other, the linker's place and the split point's are one row.
    assert_eq!(places, [1]);
    let data: Vec<_> = second.data.iter().map(|data| data.value.clone()).collect();
    assert_eq!(data, [b"late".to_vec()]);
    assert_eq!(second.exports.iter().count(), 0);
}

#[test]
fn long_rows_of_zeros_are_left_out() {
    let bytes = [&[1, 0, 2][..], &[0; ZEROS + 5], &[3], &[0; 40]].concat();
    assert_eq!(dense(10, &bytes), [(10, vec![1, 0, 2]), (10 + 3 + ZEROS as u32 + 5, vec![3])]);
    assert_eq!(dense(10, &[0; 64]), []);
}
