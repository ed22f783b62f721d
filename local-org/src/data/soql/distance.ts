import type { SoqlFunction, SoqlFunctionArgument, SoqlValue } from '../../apex/syntax/ast.js';
import { makeField, type FieldSchema } from '../schema/index.js';
import type { Row } from '../store/index.js';
import { ApexDecimal, distanceBetween, type FieldValue, type Point } from '../values/index.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import type { Readable } from './functions.js';
import { pathReader, resolveNames, resolvePath } from './paths.js';

const DISTANCE_FIELD = makeField({ name: 'expr0', type: 'double' });

type PointReader = (row: Row) => Point | undefined;

/** `DISTANCE(Location__c, GEOLOCATION(37.7, -122.4), 'mi')` (SOQL and SOSL Reference: Location-Based SOQL Queries). */
export function distanceReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const [from, to, unit] = call.args;
  if (from === undefined || to === undefined || unit?.kind !== 'word')
    throw new SoqlError('DISTANCE needs two locations and a unit', 'MALFORMED_QUERY', call.range);
  const [start, end] = [pointReader(context, source, from), pointReader(context, source, to)];
  if (distanceBetween({ lat: 0, lon: 0 }, { lat: 0, lon: 0 }, unit.text) === undefined)
    throw new SoqlError(`Invalid unit: ${unit.text}. Valid units: mi, km`, 'MALFORMED_QUERY', call.range);
  const read = (row: Row): FieldValue => {
    const [first, second] = [start(row), end(row)];
    const way = first === undefined || second === undefined ? undefined : distanceBetween(first, second, unit.text);
    return way === undefined ? null : ApexDecimal.of(way);
  };
  return { read, field: DISTANCE_FIELD, type: 'double' };
}

function pointReader(context: QueryContext, source: Source, argument: SoqlFunctionArgument): PointReader {
  if (argument.kind === 'geolocation') {
    const point = { lat: degrees(context, argument.latitude), lon: degrees(context, argument.longitude) };
    return () => point;
  }
  if (argument.kind !== 'path')
    throw new SoqlError('A bound location in DISTANCE() is not supported by the local org.');
  const path = resolvePath(context, source, argument.path);
  const parts = partNames(path.field);
  if (parts === undefined)
    throw new SoqlError(`field '${path.field.name}' is no location`, 'INVALID_FIELD', argument.path.range);
  const relationships = path.steps.map((step) => step.relationshipName ?? '');
  const [lat, lon] = parts.map((name) =>
    pathReader(context, source.object, resolveNames(context, source.object, [...relationships, name])),
  );
  return (row) => {
    const [latitude, longitude] = [lat?.(row), lon?.(row)];
    return latitude instanceof ApexDecimal && longitude instanceof ApexDecimal
      ? { lat: latitude.toNumber(), lon: longitude.toNumber() }
      : undefined;
  };
}

/** The fields that hold the two numbers of a location. */
function partNames({ name, type }: FieldSchema): readonly string[] | undefined {
  if (type !== 'location' && type !== 'address') return undefined;
  const [stem, suffix] = name.endsWith('__c') ? [name.replace(/c$/, ''), '__s'] : [name.replace(/Address$/, ''), ''];
  return ['Latitude', 'Longitude'].map((part) => `${stem}${part}${suffix}`);
}

function degrees(context: QueryContext, value: SoqlValue): number {
  const given = value.kind === 'bind' ? context.bind(value.expression) : null;
  if (value.kind === 'number') return Number(value.text);
  if (given instanceof ApexDecimal) return given.toNumber();
  if (typeof given === 'number') return given;
  throw new SoqlError('GEOLOCATION needs two numbers');
}
