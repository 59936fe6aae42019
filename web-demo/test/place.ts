/** Where and when the tests are. */
export const PORT = 8097;
export const MOMENT = '2026-11-23T09:00';
