-- unvote: a node is closed again and takes its vote back. Status OK.
if unusable then
  return answer(unusable)
end
makeDueChanges()
dropUnlessSorted(VOTES_KEY)
redis.call('ZREM', VOTES_KEY, NODE)
return answer('OK')
