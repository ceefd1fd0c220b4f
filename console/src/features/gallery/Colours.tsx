import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { coloursIn, contrastOf, PAIRS, type Shade } from '../../ui/contrast';
import { Panel } from '../../ui/Panel';
import tokens from '../../ui/tokens.css?raw';

const COLOURS = coloursIn(tokens);

/** Every pair of colours that meet, with its contrast; what is too little would be named so. */
export function Colours({ shade }: { shade: Shade }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const pairs = isWhole ? PAIRS : PAIRS.filter(({ under }) => under === 'surface');
  return (
    <Panel title={`${t('gallery.contrast')} · ${t(`theme.${shade}`)}`} count={PAIRS.length} flush>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('gallery.pair')}</th>
            <th scope="col" className="table__figure">
              {t('gallery.contrast')}
            </th>
            <th scope="col" className="table__figure">
              {t('gallery.least')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.over} ${pair.under}`}>
              <th scope="row">
                {pair.over} / {pair.under}
              </th>
              <td className="table__figure">{contrastOf(COLOURS, pair)?.[shade].toFixed(2)}</td>
              <td className="table__figure">{pair.least}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!isWhole && (
        <div className="page__more">
          <button type="button" className="button" onClick={() => setIsWhole(true)}>
            {t('action.more')}
          </button>
        </div>
      )}
    </Panel>
  );
}
