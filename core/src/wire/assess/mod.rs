//! Assessments across the border: records as text, the report as hosts see it, and as a page.

mod html;
mod make;
mod records;
mod run;
mod view;
mod words;

pub use html::{assessment_html, assessment_page};
pub use records::{BadRecords, RecordFormat, add_records};
pub use run::{AssessmentError, AssessmentRequest, assessment, assessment_of, assessment_of_text};
pub use view::{
    AssessmentBounds, AssessmentCandidate, AssessmentCause, AssessmentClass, AssessmentColumn, AssessmentDimension, AssessmentEstimate,
    AssessmentFact, AssessmentFigure, AssessmentGoal, AssessmentGroup, AssessmentList, AssessmentListed, AssessmentMeasure, AssessmentNeed,
    AssessmentPoints, AssessmentProblem, AssessmentReport, AssessmentRow, AssessmentScore, AssessmentStanding, AssessmentTable, AssessmentTotal,
    MeasureName, Reached,
};
pub use words::{AssessmentWords, assessment_words, bounds_text, decimal_text, figure_text, interval_text, sureness, thousandths};
