"""The sum of absolute differences of bytes, in the shape that becomes one instruction.

Video coders compare blocks of pixels by the sum of absolute differences, and processors have an
instruction for it: `psadbw` on x86, `uabd` and `uadalp` on ARM. LLVM emits it by itself when it
sees `add up(|zero-extended a - zero-extended b|)` over vectors of a width known at compile time,
in 32-bit arithmetic. Numba would compute in 64 bits, so the few lines of LLVM code are built here.
The same code is portable: where there is no such instruction, LLVM makes ordinary ones.
"""

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["CHUNK", "differences_of"]

CHUNK = 32  # bytes compared at once: rows are as long as a multiple of it


def differences_of(width: int) -> Any:
    """Make the function that adds up the absolute differences of two rows of bytes.

    Compiled code calls it as `differences(codes, row, profile)`.

    >>> import numpy as np
    >>> from numba import njit
    >>> differences = differences_of(32)
    >>> codes = np.array([[9] * 32, [1] * 32], np.uint8)
    >>> njit(lambda codes, profile: differences(codes, 1, profile))(codes, codes[0])  # 32 x 8
    256

    Args:
        width: How many bytes a row has, a multiple of CHUNK.

    Returns:
        An intrinsic of Numba.
    """

    @intrinsic
    def differences(_typing: Any, codes: Any, row: Any, query: Any) -> Any:
        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            declare: Any = cgutils.get_or_insert_function
            byte, word = ir.IntType(8), ir.IntType(32)
            narrow, wide = ir.VectorType(byte, CHUNK), ir.VectorType(word, CHUNK)
            absolute = declare(
                builder.module,
                ir.FunctionType(wide, [wide, ir.IntType(1)]),
                f"llvm.abs.v{CHUNK}i32",
            )
            add_up = declare(
                builder.module, ir.FunctionType(word, [wide]), f"llvm.vector.reduce.add.v{CHUNK}i32"
            )

            def start_of(position: int) -> Any:
                array = context.make_array(signature.args[position])
                data = array(context, builder, arguments[position]).data
                return builder.bitcast(data, byte.as_pointer())

            def load(start: Any, at: int) -> Any:
                place = builder.gep(start, [ir.Constant(ir.IntType(64), at)])
                chunk = builder.load(builder.bitcast(place, narrow.as_pointer()))
                chunk.align = 1
                return builder.zext(chunk, wide)

            line = builder.mul(arguments[1], ir.Constant(ir.IntType(64), width))
            movie, profile = builder.gep(start_of(0), [line]), start_of(2)
            total = ir.Constant(wide, None)
            for at in range(0, width, CHUNK):
                gaps = builder.sub(load(movie, at), load(profile, at))
                size = builder.call(absolute, [gaps, ir.Constant(ir.IntType(1), 0)])
                total = builder.add(total, size)
            return builder.call(add_up, [total])

        return types.int32(codes, row, query), emit

    return differences
