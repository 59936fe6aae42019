//! Registers that only constants tell apart from epoch to epoch, as one that looks up the epoch too.

use super::Lowering;
use super::tables::MOST_PLACES;
use crate::columns::ops::{Input, IntId, IntOp, NO_ROW, Places, Segments, TableId, TableOp};

impl Lowering<'_> {
    /// The integers of some epochs as one; `None` where more than constants tells them apart.
    pub fn merged_int(&mut self, of: &[(usize, IntId)]) -> Option<IntId> {
        let (_, first) = of.first()?;
        if of.iter().all(|(_, int)| int == first) {
            return Some(*first);
        }
        let ops = of.iter().map(|(epoch, int)| Some((*epoch, self.kernels.ints.get(int.0 as usize)?.clone())));
        let ops = ops.collect::<Option<Vec<_>>>()?;
        let merged = |lowering: &mut Self, operand: &dyn Fn(&IntOp) -> Option<IntId>| {
            let operands = ops.iter().map(|(epoch, op)| Some((*epoch, operand(op)?))).collect::<Option<Vec<_>>>()?;
            lowering.merged_int(&operands)
        };
        // Takes an operation apart where the others are of the same kind.
        macro_rules! operands {
            ($of:ident($a:ident)) => {
                IntOp::$of(merged(self, &|op| if let IntOp::$of($a) = op { Some(*$a) } else { None })?)
            };
            ($of:ident($a:ident, $b:ident)) => {{
                let left = merged(self, &|op| if let IntOp::$of($a, _) = op { Some(*$a) } else { None })?;
                IntOp::$of(left, merged(self, &|op| if let IntOp::$of(_, $b) = op { Some(*$b) } else { None })?)
            }};
        }
        let (_, first) = ops.first()?;
        let op = match first {
            IntOp::Constant(Some(_)) | IntOp::Place(..) => return self.merged_constants(&ops),
            IntOp::Add(..) => operands!(Add(a, b)),
            IntOp::Subtract(..) => operands!(Subtract(a, b)),
            IntOp::Multiply(..) => operands!(Multiply(a, b)),
            IntOp::Least(..) => operands!(Least(a, b)),
            IntOp::Greatest(..) => operands!(Greatest(a, b)),
            IntOp::Negate(_) => operands!(Negate(a)),
            IntOp::NullIsUnknown(_) => operands!(NullIsUnknown(a)),
            IntOp::Scale(_, factor) => {
                let factor = *factor;
                IntOp::Scale(merged(self, &|op| if let IntOp::Scale(a, by) = op { Some(*a).filter(|_| *by == factor) } else { None })?, factor)
            }
            IntOp::Tiers(_, steps) => {
                let steps = steps.clone();
                IntOp::Tiers(merged(self, &|op| if let IntOp::Tiers(a, own) = op { Some(*a).filter(|_| *own == steps) } else { None })?, steps)
            }
            _ => return None,
        };
        Some(self.put_int(op))
    }

    /// Constants and values of tables, as the values of one table.
    fn merged_constants(&mut self, ops: &[(usize, IntOp)]) -> Option<IntId> {
        let tables = ops.iter().map(|(epoch, op)| match op {
            IntOp::Constant(Some(_)) => Some((*epoch, None)),
            IntOp::Place(table, _) => Some((*epoch, Some(*table))),
            _ => None,
        });
        let table = self.merged_table(&tables.collect::<Option<Vec<_>>>()?)?;
        let all = self.kernels.tables.get(table.0 as usize)?.rows.len();
        let mut values = vec![0; all];
        let of_epoch = all / (self.program.epochs.len() + 1);
        for (epoch, op) in ops {
            let places = values.get_mut((epoch + 1) * of_epoch..(epoch + 2) * of_epoch)?;
            match op {
                IntOp::Constant(Some(constant)) => places.fill(*constant),
                IntOp::Place(_, constants) => places.iter_mut().zip(&constants.values).for_each(|(place, value)| *place = *value),
                _ => return None,
            }
        }
        Some(self.put_int(IntOp::Place(table, Places::new(values))))
    }

    /// The tables of some epochs as one: those that look up the same inputs, or none.
    pub fn merged_table(&mut self, of: &[(usize, Option<TableId>)]) -> Option<TableId> {
        if let Some(known) = self.merged.get(of) {
            return Some(*known);
        }
        let table = |id: TableId| self.kernels.tables.get(id.0 as usize);
        let tables = of.iter().map(|(epoch, id)| match id {
            Some(id) => Some((*epoch, Some(table(*id)?))),
            None => Some((*epoch, None)),
        });
        let tables = tables.collect::<Option<Vec<_>>>()?;
        let first = tables.iter().find_map(|(_, table)| *table);
        let alike = tables.iter().filter_map(|(_, table)| *table).all(|table| table.tests.is_empty() && Some(&table.inputs) == first.map(|first| &first.inputs));
        let of_epoch = first.map_or(1, |first| first.rows.len());
        let epochs = self.program.epochs.len();
        let all = of_epoch.checked_mul(epochs + 1).filter(|all| alike && *all <= MOST_PLACES)?;
        let mut rows = vec![NO_ROW; all];
        for (epoch, table) in &tables {
            if let (Some(table), Some(places)) = (table, rows.get_mut((epoch + 1) * of_epoch..)) {
                places.iter_mut().zip(&table.rows).for_each(|(place, row)| *place = *row);
            }
        }
        let mut inputs = first.map_or_else(Vec::new, |first| first.inputs.clone());
        inputs.push(Input { from: Segments::Epoch(self.epochs_of), segments: epochs as u16, nullable: false, stride: of_epoch as u16 });
        let tries = tables.iter().filter_map(|(_, table)| *table).all(|table| table.tries);
        let id = self.put_table(TableOp { inputs, tests: Vec::new(), rows, tries });
        self.merged.insert(of.to_vec(), id);
        Some(id)
    }
}
