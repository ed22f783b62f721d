import type { ApexDecimal } from '../../data/index.js';
import { ApexDouble, apexError, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { required } from './arguments.js';

/** System.Location: a point on the earth, in degrees. */
export class LocationObject extends PlatformObject {
  override readonly typeName = 'System.Location';
  constructor(
    readonly lat: number,
    readonly lon: number,
  ) {
    super();
  }
  get latitude(): ApexDouble {
    return new ApexDouble(this.lat);
  }
  get longitude(): ApexDouble {
    return new ApexDouble(this.lon);
  }
  override toString(): string {
    return `System.Location[${this.latitude.toString()}, ${this.longitude.toString()}]`;
  }
}

/** Radius of the earth by unit. */
const RADIUS: Readonly<Record<string, number>> = { mi: 3958.8, km: 6371 };

/** The shortest way over the earth (haversine formula). @param unit `mi` or `km` */
export function distance(from: LocationObject, to: LocationObject, unit: string): number {
  const radius = RADIUS[unit.toLowerCase()];
  if (radius === undefined) throw apexError('IllegalArgumentException', `Invalid unit: ${unit}. Valid units: mi, km`);
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (angle: number): number => Math.sin(angle / 2) ** 2;
  const share =
    half(radians(to.lat - from.lat)) +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(radians(to.lon - from.lon));
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(share)));
}

const degrees = (value: ApexDecimal | null): number => required(value).toNumber();

export const locationModule: LibraryModule = {
  owner: 'System.Location',
  members: () => ({
    newInstance: (latitude: ApexDecimal | null, longitude: ApexDecimal | null) =>
      new LocationObject(degrees(latitude), degrees(longitude)),
    getLatitude: (self: LocationObject) => self.latitude,
    getLongitude: (self: LocationObject) => self.longitude,
    'getDistance(System.Location,String)': (self: LocationObject, to: LocationObject | null, unit: string | null) =>
      new ApexDouble(distance(self, required(to), required(unit, 2))),
    'getDistance(System.Location,System.Location,String)': (
      from: LocationObject | null,
      to: LocationObject | null,
      unit: string | null,
    ) => new ApexDouble(distance(required(from), required(to, 2), required(unit, 3))),
  }),
};
