import { ApexDecimal, type FieldSchema, type FieldValue, type ObjectSchema } from '../../../data/index.js';

/** Parts of a compound field: the key in JSON and what its own field is called after the prefix (Object Reference: Address Compound Fields). */
const ADDRESS_PARTS: Readonly<Record<string, string>> = {
  city: 'City',
  country: 'Country',
  countryCode: 'CountryCode',
  geocodeAccuracy: 'GeocodeAccuracy',
  latitude: 'Latitude',
  longitude: 'Longitude',
  postalCode: 'PostalCode',
  state: 'State',
  stateCode: 'StateCode',
  street: 'Street',
};

/** A compound field's value, put together from its parts; null when all of them are empty. The parts are what is stored. */
export function compoundValue(
  object: ObjectSchema,
  field: FieldSchema,
  read: (fieldName: string) => FieldValue,
): Readonly<Record<string, string | number | null>> | null {
  const prefix = field.name.replace(/Address$/, '');
  const parts: Record<string, string | number | null> = {};
  for (const [key, suffix] of Object.entries(ADDRESS_PARTS)) {
    const part = object.fields.get(`${prefix}${suffix}`.toLowerCase());
    if (part === undefined) continue;
    const value = read(part.name);
    parts[key] = value instanceof ApexDecimal ? value.toNumber() : typeof value === 'string' ? value : null;
  }
  return Object.values(parts).every((part) => part === null) ? null : parts;
}
