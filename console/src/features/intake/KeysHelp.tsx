import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Panel';

const KEYS = [
  { name: 'next', keys: ['Tab'] },
  { name: 'first', keys: ['Enter'] },
  { name: 'walk', keys: ['↑', '↓'] },
  { name: 'send', keys: ['Ctrl', 'Enter'] },
  { name: 'confirm', keys: ['Enter'] },
] as const;

/** The keys of call taking, on screen where they are used. */
export function KeysHelp() {
  const { t } = useTranslation();
  return (
    <Panel title={t('keys.title')}>
      <dl className="facts">
        {KEYS.map(({ name, keys }) => (
          <div key={name} className="call__key">
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
