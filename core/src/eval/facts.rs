//! Facts.
pub struct FactProblem; pub struct FactTeller; pub enum Input {} pub enum ProblemCode {}
