import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from './Button';
import { Loaded } from './states';

interface Pages<Row> {
  pages: readonly { items: readonly Row[] }[];
}

interface Query<Row> {
  data: readonly Row[] | Pages<Row> | undefined;
  error: unknown;
  refetch: () => Promise<unknown>;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => Promise<unknown>;
}

interface Props<Row> {
  query: Query<Row>;
  skeletonRows?: number;
  /** Which of them are shown; all when it is left out. */
  keep?: (row: Row) => boolean;
  /** What is said when there are none. */
  empty: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

/** The rows that were read, or why there are none; those that come by the page end in more. */
export function Rows<Row>({ query, skeletonRows, keep, empty, children }: Props<Row>) {
  const { t } = useTranslation();
  const { data, error, refetch, fetchNextPage } = query;
  return (
    <Loaded query={{ data, error, refetch }} {...(skeletonRows === undefined ? {} : { skeletonRows })}>
      {(read) => {
        const all = 'pages' in read ? read.pages.flatMap(({ items }) => items) : read;
        const rows = keep === undefined ? all : all.filter(keep);
        return (
          <>
            {rows.length === 0 ? empty : children(rows)}
            {query.hasNextPage === true && (
              <div className="page__more">
                <Button isDisabled={query.isFetchingNextPage === true} onPress={() => void fetchNextPage?.()}>
                  {t('action.more')}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
