/** A point on the earth, in degrees. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Radius of the earth by unit. */
const RADIUS: Readonly<Record<string, number>> = { mi: 3958.8, km: 6371 };

/** The shortest way over the earth (haversine formula); undefined for an unknown unit. @param unit `mi` or `km` */
export function distanceBetween(from: Point, to: Point, unit: string): number | undefined {
  const radius = RADIUS[unit.toLowerCase()];
  if (radius === undefined) return undefined;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (angle: number): number => Math.sin(angle / 2) ** 2;
  const share =
    half(radians(to.lat - from.lat)) +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(radians(to.lon - from.lon));
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(share)));
}
