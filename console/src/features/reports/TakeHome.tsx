import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useTakeReport, type PeriodAsked } from '../../api/periodReport';
import { Button } from '../../ui/Button';
import { DoneNote, ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Takes the report home as a file, once it is said what for. */
export function TakeHome({ asked }: { asked: PeriodAsked }) {
  const { t } = useTranslation();
  const take = useTakeReport(asked);
  const [purpose, setPurpose] = useState('');
  const bring = async (): Promise<void> => {
    save(await take.mutateAsync(purpose), `report-${asked.span}-${asked.day}.csv`);
  };
  return (
    <form
      className="reports__form reports__take"
      onSubmit={(event) => {
        event.preventDefault();
        bring().catch(() => undefined);
      }}
    >
      <TextInput
        label={t('reports.purpose')}
        hint={t('reports.purpose_text')}
        value={purpose}
        onChange={setPurpose}
        minLength={3}
        maxLength={200}
        isRequired
      />
      <Button type="submit" isDisabled={take.isPending}>
        <Download size={14} aria-hidden /> {t('reports.take')}
      </Button>
      <ProblemNote problem={take.error} />
      {take.isSuccess && <DoneNote>{t('reports.taken')}</DoneNote>}
    </form>
  );
}
