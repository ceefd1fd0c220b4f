import { useTranslation } from 'react-i18next';

/** Recovery codes, which nobody sees again. */
export function Codes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status">
      <p>{t('account.codes_text')}</p>
      <ul className="figures" aria-label={t('account.codes')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
