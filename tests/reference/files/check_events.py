"""Reads our event files with TensorBoard's own code. Usage: check_events.py FOLDER (filled by sample_files)."""

import glob
import math
import sys

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader


def check_records(folder):
    """Every record of every file is whole, has a good checksum, and the files begin as they should."""
    files = sorted(glob.glob(folder + "/*tfevents*"))
    assert len(files) == 2, files
    for path, start in zip(files, (0, 7)):
        events = list(EventFileLoader(path).Load())
        assert events[0].file_version == "brain.Event:2", events[0]
        assert events[1].session_log.status == 1 and events[1].step == start, events[1]
    assert len(list(EventFileLoader(files[0]).Load())) == 12
    last = list(EventFileLoader(files[1]).Load())[-1]
    assert last.step == 1 << 40 and last.wall_time == 2003.5, last


def check_curves(folder):
    """TensorBoard shows what was meant: the interrupted tail is gone, NaN and infinity are there."""
    accumulator = event_accumulator.EventAccumulator(folder, size_guidance={"scalars": 0, "images": 0, "tensors": 0})
    accumulator.Reload()
    tags = accumulator.Tags()
    points = accumulator.Scalars("loss/G") if "loss/G" in tags["scalars"] else [
        event_accumulator.ScalarEvent(e.wall_time, e.step, e.tensor_proto.float_val[0]) for e in accumulator.Tensors("loss/G")]
    assert [p.step for p in points] == [1, 2, 3, 4, 5, 6, 7, 8, 9], points
    assert [p.value for p in points[:7]] == [1, 2, 3, 4, 5, 6, 70], points
    assert math.isnan(points[7].value) and points[8].value == math.inf
    assert points[6].wall_time == 2000.5


def check_pictures_and_texts(folder):
    accumulator = event_accumulator.EventAccumulator(folder, size_guidance={"images": 0, "tensors": 0})
    accumulator.Reload()
    tensors = {tag: accumulator.Tensors(tag) for tag in accumulator.Tags()["tensors"]}
    text = tensors["config"][0].tensor_proto.string_val[0].decode()
    assert text == "learning rate **0.0002**, 色", text
    assert accumulator.SummaryMetadata("config").plugin_data.plugin_name == "text"
    if "preview/samples" in tensors:
        width, height, png = tensors["preview/samples"][0].tensor_proto.string_val
    else:
        image = accumulator.Images("preview/samples")[0]
        width, height, png = image.width, image.height, image.encoded_image_string
    assert int(width) == 1 and int(height) == 1 and png.startswith(b"\x89PNG"), (width, height)


if __name__ == "__main__":
    check_records(sys.argv[1])
    check_curves(sys.argv[1])
    check_pictures_and_texts(sys.argv[1])
    print("event files: TensorBoard reads them")
