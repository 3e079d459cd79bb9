-- close: a node's own probes passed while it was alone. Status CLOSED, STALE.
-- ARGV 6 ramp ms
if unusable then
  return answer(unusable)
end
local ramp = argument(6, 0, DAY)
makeDueChanges()
local isDue = current.state == HALF_OPEN or (current.state == OPEN and now >= current.retryAt)
if KNOWN_EPOCH ~= current.epoch or not isDue then
  return answer('STALE')
end
closeAfterProbes(ramp)
return answer('CLOSED')
