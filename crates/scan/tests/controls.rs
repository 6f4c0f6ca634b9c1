//! What rules refer to is there. Here, for `checks` does not know `report`.

#[test]
fn controls_exist() {
    let unknown: Vec<String> = checks::all()
        .flat_map(|c| c.meta.controls.iter().map(move |control| (c.meta.id, control)))
        .filter(|(_, control)| report::framework::resolve(control).is_none())
        .map(|(id, control)| format!("{id}: {control}"))
        .collect();
    assert!(unknown.is_empty(), "references to controls that no framework has: {unknown:#?}");
}
