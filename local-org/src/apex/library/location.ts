import { distanceBetween, type ApexDecimal } from '../../data/index.js';
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

function distance(from: LocationObject, to: LocationObject, unit: string): ApexDouble {
  const way = distanceBetween(from, to, unit);
  if (way === undefined) throw apexError('IllegalArgumentException', `Invalid unit: ${unit}. Valid units: mi, km`);
  return new ApexDouble(way);
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
      distance(self, required(to), required(unit, 2)),
    'getDistance(System.Location,System.Location,String)': (
      from: LocationObject | null,
      to: LocationObject | null,
      unit: string | null,
    ) => distance(required(from), required(to, 2), required(unit, 3)),
  }),
};
