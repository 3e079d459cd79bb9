package dev.resilience.spring.shared;

/**
 * What people are shown of a breaker's part in its fleet.
 *
 * @param sharing how it is shared
 * @param epoch which agreement its state stands on; 0: none
 * @param live nodes that are alive, as far as this one knows
 * @param quorum nodes that must stand open, or be in trouble, before the fleet opens
 * @param votes in shared-state 1 if this node stands open and the fleet does not; in shared-window the nodes that are in trouble
 * @param leases probes that the fleet left to this node
 */
public record SharedView(Sharing sharing, Scope scope, long epoch, int live, int quorum, int votes, int leases) {

    SharedView in(Scope other) {
        return new SharedView(sharing, other, epoch, live, quorum, votes, leases);
    }
}
