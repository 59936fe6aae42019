//! The Python module of thutuc: it reads Python's values into facts, calls the core, writes the answer.
//!
//! Nothing is decided here, and no text about a case is written here.

mod assess;
mod decision;
mod facts;
mod host;
mod input;
mod load;
mod pack;
mod parts;
mod said;
mod session;
mod simulate;
mod table;
mod verdict;

use pyo3::prelude::*;

/// The extension behind the package `thutuc`.
#[pymodule]
fn _thutuc(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("MISSING", Py::new(module.py(), host::Missing)?)?;
    module.add_class::<host::Missing>()?;
    module.add_class::<pack::Pack>()?;
    module.add_class::<session::Session>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Stream>()?;
    module.add_class::<decision::Decision>()?;
    module.add_class::<facts::Procedure>()?;
    module.add_class::<facts::Fact>()?;
    module.add_function(wrap_pyfunction!(assess::assess_json, module)?)?;
    module.add_function(wrap_pyfunction!(assess::assessment_html, module)?)?;
    module.add_class::<simulate::PopulationStream>()?;
    module.add_class::<simulate::ComparisonResult>()?;
    module.add_class::<simulate::PyTable>()?;
    module.add_function(wrap_pyfunction!(simulate::population, module)?)?;
    module.add_function(wrap_pyfunction!(simulate::simulate, module)?)?;
    parts::add(module)
}
