/** The name of the page in the folder of a run. */
export const REPORT_FILE = 'report.html';
