import { FileSpreadsheet, FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useTakeReport, type PeriodAsked, type ReportForm } from '../../api/periodReport';
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
  const bring = async (kind: ReportForm): Promise<void> => {
    save(await take.mutateAsync({ kind, purpose }), `report-${asked.span}-${asked.day}.${kind}`);
  };
  return (
    <form
      className="reports__form reports__take"
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent;
        const isTable = submitter instanceof HTMLButtonElement && submitter.value === 'csv';
        bring(isTable ? 'csv' : 'pdf').catch(() => undefined);
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
      <Button type="submit" value="pdf" isDisabled={take.isPending}>
        <FileText size={14} aria-hidden /> {t('reports.take_pdf')}
      </Button>
      <Button type="submit" value="csv" isDisabled={take.isPending}>
        <FileSpreadsheet size={14} aria-hidden /> {t('reports.take_csv')}
      </Button>
      <ProblemNote problem={take.error} />
      {take.isSuccess && <DoneNote>{t('reports.taken')}</DoneNote>}
    </form>
  );
}
