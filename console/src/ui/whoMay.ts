import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';

/** Which permission a refusal was for want of and who holds it; empty where it was for none. */
export function useWhoMay(problem: Problem | null): string {
  const { t } = useTranslation();
  const { permission, roles } = problem?.facts ?? {};
  if (typeof permission !== 'string' || !Array.isArray(roles)) return '';
  // Systems hold permissions too: only roles of people have a name.
  const named = (roles as string[]).map((role) => t(`role.${role}`, { defaultValue: '' }));
  return t('problem.who_may', { permission, roles: named.filter(Boolean).join(' · ') || '—' });
}
