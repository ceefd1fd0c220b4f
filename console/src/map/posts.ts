/** Where units stand by: the places that units have for their station. */
import type { Unit } from '../api/types';
import type { Point } from './motion';

export interface Post extends Point {
  id: string;
  callSigns: string[];
}

/** A degree's hundred-thousandth, about a metre: nearer stations are one post. */
const DECIMALS = 5;

export function postsOf(
  units: readonly Pick<Unit, 'call_sign' | 'station_lon' | 'station_lat'>[],
): Post[] {
  const found = new Map<string, Post>();
  for (const { call_sign, station_lon: lon, station_lat: lat } of units) {
    const id = `${lon.toFixed(DECIMALS)} ${lat.toFixed(DECIMALS)}`;
    const post = found.get(id);
    if (post === undefined) found.set(id, { id, lon, lat, callSigns: [call_sign] });
    else post.callSigns.push(call_sign);
  }
  return [...found.values()];
}
