import { useTranslation } from 'react-i18next';

import type { Shade } from '../../ui/contrast';
import { BarChart } from '../../ui/charts/BarChart';
import { FunnelPlot } from '../../ui/charts/FunnelPlot';
import { ShareBar } from '../../ui/charts/ShareBar';
import { percent } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';

const VALUES = [12, 19, 7, null, 31, 24];
const EXPECTED = 18;
const WEIGHTS = [20, 60, 140, 300];
const USUAL = 0.8;
const SHARE = { share: 0.72, low: 0.66, high: 0.79 };

/** Every chart that there is. */
export function Charts({ shade }: { shade: Shade }) {
  const { t } = useTranslation();
  return (
    <Panel title={`${t('gallery.charts')} · ${t(`theme.${shade}`)}`}>
      <div className="stack">
        <BarChart
          title={t('wall.hours')}
          valueName={t('wall.received')}
          markName={t('wall.expected')}
          unit="count"
          bars={VALUES.map((value, hour) => ({
            key: String(hour),
            name: `${hour + 8}:00`,
            value,
            mark: EXPECTED,
          }))}
        />
        <FunnelPlot
          title={t('gallery.charts')}
          usual={USUAL}
          entrants={WEIGHTS.map((weight, place) => ({
            key: String(weight),
            name: String(weight),
            standing: t(`standing.${place === 2 ? 'WORSE' : 'USUAL'}`),
            isFlagged: place === 2,
            isOwn: place === 1,
            weight,
            share: place === 2 ? 0.62 : 0.83,
            limits: [-3, -2, 2, 3].map((by) => USUAL + (by * 0.4) / Math.sqrt(weight)) as [
              number,
              number,
              number,
              number,
            ],
          }))}
        />
        <p>
          <ShareBar {...SHARE} label={percent(SHARE.share)} /> {percent(SHARE.share)}
        </p>
      </div>
    </Panel>
  );
}
