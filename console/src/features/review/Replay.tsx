import { Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Playback } from '../../api/review';
import { useKindName } from '../../api/reference';
import { currentLanguage } from '../../i18n';
import { CityMap } from '../../map/CityMap';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { PhaseChip, UnitChip } from '../../ui/PhaseChip';
import { PriorityMark } from '../../ui/PriorityMark';
import { Segments } from '../../ui/Segments';
import { Entries } from './Entries';
import { advanced, momentAt, SPEEDS, stepOf, type Moment, type Speed } from './replay';

const TICK_MS = 100;

/** The moment that is shown, and playing it onward. */
function usePlaying(playback: Playback) {
  const start_ms = Date.parse(playback.since);
  const end_ms = Date.parse(playback.until);
  const [at_ms, setAt] = useState(start_ms);
  const [speed, setSpeed] = useState<Speed>(60);
  const [plays, setPlays] = useState(false);
  const isPlaying = plays && at_ms < end_ms;
  useEffect(() => {
    if (!isPlaying) return undefined;
    let last_ms = performance.now();
    const timer = setInterval(() => {
      const now_ms = performance.now();
      const passed_ms = now_ms - last_ms;
      last_ms = now_ms;
      setAt((before) => advanced(before, passed_ms, speed, end_ms));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [isPlaying, speed, end_ms]);
  const toggle = (): void => {
    if (at_ms >= end_ms) setAt(start_ms);
    setPlays(!isPlaying);
  };
  return { at_ms, setAt, speed, setSpeed, isPlaying, toggle, start_ms, end_ms };
}

function writeMoment(at_ms: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at_ms);
}

/** What the map shows, in words: for those who cannot see it, and for units without a place. */
function InWords({ moment }: { moment: Moment }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  return (
    <Panel title={t('replay.now')}>
      <ul className="replay__now">
        {moment.incidents.map((incident) => (
          <li key={incident.id} className="line-up">
            <PriorityMark priority={incident.priority} />
            <span>{kindName(incident.kind)}</span>
            <span className="soft figures">{incident.number}</span>
            <PhaseChip phase={incident.phase} />
          </li>
        ))}
        {moment.units.map((unit) => (
          <li key={unit.id} className="line-up">
            <strong>{unit.call_sign}</strong>
            <UnitChip status={unit.status} />
            <span className="soft figures">{unit.incidentNumber}</span>
            {!unit.isPlaced && <span className="soft">{t('replay.no_place')}</span>}
          </li>
        ))}
      </ul>
      {moment.incidents.length + moment.units.length === 0 && (
        <p className="soft">{t('replay.nothing_yet')}</p>
      )}
    </Panel>
  );
}

/** A stretch of time on the map, with a slider, speeds, and the same in words beside it. */
export function Replay({ playback }: { playback: Playback }) {
  const { t } = useTranslation();
  const { at_ms, setAt, speed, setSpeed, isPlaying, toggle, start_ms, end_ms } =
    usePlaying(playback);
  const moment = useMemo(() => momentAt(playback, at_ms), [playback, at_ms]);
  const placed = useMemo(() => moment.units.filter(({ isPlaced }) => isPlaced), [moment]);
  const first = playback.incidents[0];
  const look = useMemo(
    () =>
      playback.incidents.length === 1 && first ? { lon: first.lon, lat: first.lat } : null,
    [playback.incidents.length, first],
  );
  return (
    <div className="replay">
      <p className="note replay__note" role="note">
        {t(playback.positions === 'EXPIRED' ? 'replay.expired' : 'replay.last_only')}
        {playback.left_off > 0 && ` ${t('replay.left_off', { count: playback.left_off })}`}
        {playback.broken.length > 0 &&
          ` ${t('replay.broken', { numbers: playback.broken.join(', ') })}`}
      </p>
      <div className="replay__map">
        <CityMap still incidents={moment.incidents} units={placed} look={look} />
      </div>
      <div className="replay__side" role="group" aria-label={t('replay.in_words')} tabIndex={0}>
        <InWords moment={moment} />
        <Entries
          title={t('replay.happened')}
          entries={playback.entries.slice(0, moment.entries).toReversed()}
        />
      </div>
      <div className="replay__tools line-up">
        <Button look="main" onPress={toggle}>
          {isPlaying ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          {t(isPlaying ? 'replay.pause' : 'replay.play')}
        </Button>
        <Segments
          label={t('replay.speed')}
          value={String(speed)}
          onChange={(chosen) => setSpeed(SPEEDS.find((one) => String(one) === chosen) ?? 1)}
          segments={SPEEDS.map((one) => ({ value: String(one), text: `${one}×` }))}
        />
        <Slider
          className="replay__slider"
          minValue={start_ms}
          maxValue={end_ms}
          step={stepOf(playback)}
          value={at_ms}
          onChange={(value) => setAt(value)}
        >
          <Label>{t('replay.moment')}</Label>
          <SliderOutput className="figures">{writeMoment(at_ms)}</SliderOutput>
          <SliderTrack className="replay__track">
            <SliderThumb className="replay__thumb" aria-valuetext={writeMoment(at_ms)} />
          </SliderTrack>
        </Slider>
      </div>
    </div>
  );
}
