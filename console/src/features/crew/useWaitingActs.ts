import type { Act } from '../../api/acts';
import { useActs } from '../../api/actStore';
import { isFieldDeed } from '../../api/fieldDeeds';
import { useMe } from '../../api/session';

/** What somebody did as a crew on this device that the server has not taken yet. */
export function useWaitingActs(): Act[] {
  const { account_id } = useMe();
  return useActs().filter(({ accountId, deed }) => accountId === account_id && !isFieldDeed(deed));
}
