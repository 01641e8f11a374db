package io.latchkey.audit.console;

import io.latchkey.audit.balance.Balance;
import java.util.List;
import java.util.Optional;

/**
 * What the first page shows beside the trail itself.
 *
 * @param books of the links accepted within the range; absent where they are too many to count
 *     while somebody waits
 * @param alerts how many there were within the range
 * @param checkpoint the newest; absent before the first
 */
public record Overview(
        ChartRange range,
        Optional<Balance> books,
        long alerts,
        Optional<LatestCheckpoint> checkpoint,
        List<Chart> charts,
        List<Frequent> networks,
        List<Frequent> apps) {
    public Overview {
        charts = List.copyOf(charts);
        networks = List.copyOf(networks);
        apps = List.copyOf(apps);
    }
}
