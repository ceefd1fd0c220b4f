import { useTranslation } from 'react-i18next';

/** The heads of the columns that set two postures side by side: A, B, and B less A. */
export function BothHeads() {
  const { t } = useTranslation();
  return ['A', 'B', t('planner.difference')].map((head) => (
    <th key={head} scope="col" className="table__figure">
      {head}
    </th>
  ));
}
