import { type BatchObservableCallback, metrics, type Observable } from '@opentelemetry/api';
import { TRACED } from '../telemetry/tracing.ts';
import { GAUGES, type GaugeName, type Measurement } from './measure.ts';

/** Has OpenTelemetry's meter read the measurements whenever it collects. Answers with the way to stop. */
export function meterGauges(read: () => Promise<readonly Measurement[]>): () => void {
  const meter = metrics.getMeter(TRACED);
  const gauges = new Map<GaugeName, Observable>();
  for (const name of Object.keys(GAUGES) as GaugeName[])
    gauges.set(name, meter.createObservableGauge(name, GAUGES[name]));
  const observe: BatchObservableCallback = async (result) => {
    for (const { name, value, labels } of await read()) {
      const gauge = gauges.get(name);
      if (gauge) result.observe(gauge, value, labels);
    }
  };
  const all = [...gauges.values()];
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
}
