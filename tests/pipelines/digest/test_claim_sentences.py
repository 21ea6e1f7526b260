"""What a card says of its story, as a sentence."""

from pipelines.digest.contents import Claim
from pipelines.digest.render.claim_sentences import claim_sentence
from pipelines.language import Language
from pipelines.messages import messages_in

EN = messages_in(Language.EN)
NEAR = Claim("place", {"rank": 11}, "cls_hot")


def test_a_sentence_begins_with_a_capital() -> None:
    told = claim_sentence([Claim("on_lists", {"lists": 3}), NEAR], {"cls_hot": "Cailian"}, EN)
    assert told[0].isupper()


def test_a_list_without_a_name_keeps_its_identifier() -> None:
    for language in Language:
        told = claim_sentence([NEAR, NEAR], {}, messages_in(language))
        assert told.count("cls_hot") == 2
