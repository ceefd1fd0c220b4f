import { useTranslation } from 'react-i18next';

/** What units can bring, by its code: the capabilities of the kinds of incident. */
export const CAPABILITIES = [
  'FIRE_ENGINE',
  'LADDER',
  'RESCUE',
  'HAZMAT',
  'WATER_RESCUE',
  'AMBULANCE',
  'POLICE_PATROL',
  'TRAFFIC_PATROL',
  'UTILITY_CREW',
  'GRID_PATROL',
] as const;

/** A function from the code of a capability to its name; the code itself where it is unknown. */
export function useCapabilityName(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => t(`capability.${code}`, { defaultValue: code });
}
