export { sampleRecords, type FieldValues, type SampleRecords } from './sample-records.js';
export { insertRecords, updateRecords, RECORDS_PER_REQUEST } from './insert-records.js';
